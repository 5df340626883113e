import type { PythonValue } from "../python/value.ts";
import { floatText } from "./number-text.ts";
import { NULL, type SqlValue } from "./sql-value.ts";

/** What a Python constant is to the database's driver; undefined for what is none. */
export function constantValue(value: PythonValue): SqlValue | undefined {
  switch (value.kind) {
    case "none":
      return NULL;
    case "boolean":
      return value;
    case "integer":
      return { kind: "number", text: String(value.value) };
    case "float":
      return { kind: "number", text: floatText(value.value) };
    case "string":
      return { kind: "text", value: value.value };
    default:
      return undefined;
  }
}
