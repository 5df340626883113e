import type { DefElem, Node } from "@pgsql/types";
import { bodiesOf, constantText } from "./node.ts";

/** The option of this name among a statement's DefElems. */
export function optionOf(options: readonly Node[] | undefined, name: string): DefElem | undefined {
  return bodiesOf(options, "DefElem").find((option) => option.defname?.toLowerCase() === name);
}

const OFF = new Set(["false", "off", "0"]);

/** Whether an option is on: named without a value, or with one that is not false. */
export function hasOption(options: readonly Node[] | undefined, name: string): boolean {
  const option = optionOf(options, name);
  if (option === undefined) return false;
  return !OFF.has((constantText(option.arg) ?? "true").toLowerCase());
}
