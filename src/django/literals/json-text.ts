import { lastPart, itemsOf, type PythonValue } from "../python/value.ts";
import { Uncompilable } from "../state/uncompilable.ts";
import { floatText } from "./number-text.ts";

/** A document as Python's `json.dumps` writes it. */
export function jsonText(value: PythonValue): string {
  const items = value.kind === "set" ? undefined : itemsOf(value);
  if (items !== undefined) return `[${items.map(jsonText).join(", ")}]`;
  switch (value.kind) {
    case "none":
      return "null";
    case "boolean":
      return String(value.value);
    case "integer":
      return String(value.value);
    case "float":
      return floatText(value.value);
    case "string":
      return asciiJson(value.value);
    case "dict":
      return `{${value.entries.map((entry) => `${keyText(entry.key)}: ${jsonText(entry.value)}`).join(", ")}}`;
    case "call":
      if (lastPart(value.callee) === "Value" && value.args[0] !== undefined) {
        return jsonText(value.args[0]);
      }
      break;
    default:
      break;
  }
  throw new Uncompilable("the document that is its default", value.span);
}

function keyText(key: PythonValue): string {
  if (key.kind === "string") return asciiJson(key.value);
  if (key.kind === "integer" || key.kind === "boolean" || key.kind === "none") {
    return `"${jsonText(key)}"`;
  }
  throw new Uncompilable("a key of the document that is its default", key.span);
}

/** JSON with everything but ASCII escaped, as Python writes it. */
function asciiJson(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
