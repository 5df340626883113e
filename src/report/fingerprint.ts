import type { Finding } from "../core/finding.ts";
import type { SourceText } from "./source-text.ts";

/** Characters of a statement that tell it from others. */
const LONGEST = 2000;

/**
 * Gives findings names that stay the same when lines move, messages are reworded or white space
 * changes: made of rule, path and the SQL in question. The same SQL in one file is counted.
 */
export class Fingerprints {
  readonly #seen = new Map<string, number>();

  of(finding: Finding, source: SourceText | undefined): string {
    const { rule, path, table, line, column, endLine, endColumn } = finding;
    const sql = source?.between({ line, column }, { line: endLine, column: endColumn }) ?? "";
    const words = sql.slice(0, LONGEST).replace(/\s+/g, " ").trim();
    const key = [rule, path, words === "" ? (table ?? "") : words].join("\0");
    const count = this.#seen.get(key) ?? 0;
    this.#seen.set(key, count + 1);
    return hash(count === 0 ? key : `${key}\0${count}`);
  }
}

/** Two runs of FNV-1a, 32 bits each: it has to tell findings apart, not to resist anybody. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit ^ (low >>> 16), 0x01000193);
  }
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}
