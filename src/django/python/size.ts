import type { PythonValue } from "./value.ts";

/** What a value may hold at most, all that it holds counted: values, and 64 characters as one. */
export const LARGEST_VALUE = 500_000;
const LONGEST_TEXT = 16_000_000;

const SIZES = new WeakMap<PythonValue, number>();

/** How much a value holds. One that is used twice counts twice: so it is for whoever walks it. */
export function sizeOf(value: PythonValue): number {
  const known = SIZES.get(value);
  if (known !== undefined) return known;
  const size = partsOf(value).reduce((sum, part) => sum + sizeOf(part), 1);
  const text = value.kind === "string" ? value.value.length / 64 : 0;
  SIZES.set(value, size + text);
  return size + text;
}

function partsOf(value: PythonValue): readonly PythonValue[] {
  switch (value.kind) {
    case "list":
    case "tuple":
    case "set":
      return value.items;
    case "dict":
      return value.entries.flatMap((entry) => [entry.key, entry.value]);
    case "call":
      return [...value.args, ...value.keywords.values()];
    case "operator":
      return value.operands;
    default:
      return [];
  }
}

/** Whether a text in which each character may become one of the parts stays within bounds. */
export function staysShort(text: string, parts: readonly (string | undefined)[]): boolean {
  const longest = parts.reduce((most, part) => Math.max(most, part?.length ?? 0), 1);
  return (text.length + parts.length + 1) * longest <= LONGEST_TEXT;
}
