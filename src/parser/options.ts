import type { DefElem, Node, VariableSetStmt } from "@pgsql/types";
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

/** The options that a list states and does not switch off, by PostgreSQL's names of them. */
export function statedOptions(options: readonly Node[] | undefined): string[] {
  return bodiesOf(options, "DefElem")
    .filter(({ defname, arg }) => defname !== undefined && !OFF.has(constantText(arg) ?? ""))
    .map(({ defname }) => (defname ?? "").toLowerCase());
}

/** The setting that a SET or RESET clause names: its name in lower case, `all` for RESET ALL. */
export function statedSetting(clause: VariableSetStmt | undefined): string[] {
  return [clause?.name?.toLowerCase() ?? "all"];
}
