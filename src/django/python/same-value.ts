import type { PythonValue } from "./value.ts";

/**
 * A text that is equal for values that are equal: keywords in any order, sets in any order, places
 * left out. Two unknowns are equal only when they are written alike.
 */
export function canonicalText(value: PythonValue): string {
  switch (value.kind) {
    case "none":
      return "None";
    case "boolean":
      return value.value ? "True" : "False";
    case "integer":
      return String(value.value);
    case "float":
      return `float ${value.value}`;
    case "string":
      return JSON.stringify(value.value);
    case "bytes":
      return `b${JSON.stringify(value.value)}`;
    case "list":
      return `[${value.items.map(canonicalText).join()}]`;
    case "tuple":
      return `(${value.items.map(canonicalText).join()})`;
    case "set":
      return `{${value.items.map(canonicalText).toSorted().join()}}`;
    case "dict":
      return `{${value.entries.map((entry) => `${canonicalText(entry.key)}:${canonicalText(entry.value)}`).join()}}`;
    case "call":
      return `${value.callee}(${[
        ...value.args.map(canonicalText),
        ...[...value.keywords].map(([name, one]) => `${name}=${canonicalText(one)}`).toSorted(),
      ].join()})`;
    case "name":
      return `@${value.name}`;
    case "operator":
      return `${value.operator}(${value.operands.map(canonicalText).join()})`;
    case "path":
      return `path ${value.path}`;
    case "lambda":
    case "unknown":
      return `${value.kind} ${value.span.start}`;
  }
}

/** Whether two values are equal, as far as they are known. */
export function isSameValue(a: PythonValue | undefined, b: PythonValue | undefined): boolean {
  if (a === b) return true;
  return a !== undefined && b !== undefined && canonicalText(a) === canonicalText(b);
}

/** Python's truth of a value; undefined where it is not known. */
export function truthOf(value: PythonValue): boolean | undefined {
  switch (value.kind) {
    case "none":
      return false;
    case "boolean":
      return value.value;
    case "integer":
      return value.value !== 0n;
    case "float":
      return value.value !== 0;
    case "string":
    case "bytes":
      return value.value !== "";
    case "list":
    case "tuple":
    case "set":
      return value.items.length > 0;
    case "dict":
      return value.entries.length > 0;
    case "path":
      return true;
    case "call":
    case "name":
    case "operator":
    case "lambda":
    case "unknown":
      return undefined;
  }
}

/** `str(value)` of text and numbers; undefined for what prints otherwise. */
export function printed(value: PythonValue): string | undefined {
  if (value.kind === "string") return value.value;
  if (value.kind === "integer") return String(value.value);
  if (value.kind === "boolean") return value.value ? "True" : "False";
  if (value.kind === "none") return "None";
  return undefined;
}
