import { exactText } from "./text-values.ts";
import { quoteIdentifier } from "./sql-text.ts";
import { regexText } from "./regex-text.ts";

/** What the conditions on a column say about the values that they accept. */
export interface Hints {
  /** Values of a text, an enum or a moment that stand in them. */
  readonly texts: readonly string[];
  /** Numbers that stand in them, and their neighbours. */
  readonly numbers: readonly string[];
  /** Lengths, in characters or bytes, that they compare with, and their neighbours. */
  readonly lengths: readonly number[];
  /** They compare with a text in lower or in upper case. */
  readonly cases: ReadonlySet<"lower" | "upper">;
}

// PostgreSQL writes a condition back with every literal quoted, a quote in it doubled.
const STRING = /'((?:[^']|'')*)'/g;
const NUMBER = /(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])/g;
const LENGTH = /\b(?:char_length|character_length|length|octet_length|bit_length)\(/;

/** Reads the conditions, as PostgreSQL writes them, that speak of a name: a column's, or VALUE. */
export function hintsFor(name: string, conditions: readonly string[]): Hints {
  const texts = new Set<string>();
  const numbers = new Set<string>();
  const lengths = new Set<number>();
  const cases = new Set<"lower" | "upper">();
  for (const condition of conditions) {
    // A hash says nothing about the values that have it.
    if (condition.includes("satisfies_hash_partition") || !speaksOf(condition, name)) continue;
    for (const text of textsIn(condition)) texts.add(text);
    const bare = condition.replaceAll(STRING, "''");
    for (const [number] of bare.matchAll(NUMBER)) addNeighbours(Number(number), numbers);
    if (LENGTH.test(condition)) for (const length of lengthsIn(numbers)) lengths.add(length);
    if (/\blower\(/.test(condition)) cases.add("lower");
    if (/\bupper\(/.test(condition)) cases.add("upper");
  }
  for (const length of lengths) texts.add(exactText(length, length));
  return { texts: [...texts], numbers: [...numbers], lengths: [...lengths], cases };
}

/** A domain's condition, about a column. */
export function domainCondition(condition: string, column: string): string {
  return condition.replaceAll(/\bVALUE\b/g, () => quoteIdentifier(column));
}

/** Whether a condition, as PostgreSQL writes it, names a column. */
export function speaksOf(condition: string, name: string): boolean {
  const bare = condition.replaceAll(STRING, "''");
  const pattern = name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\w$])${pattern}(?![\\w$])`).test(bare);
}

const TEXTS_OF_A_REGEX = 12;

function textsIn(condition: string): string[] {
  const found: string[] = [];
  for (const match of condition.matchAll(STRING)) {
    const text = (match[1] ?? "").replaceAll("''", "'");
    const before = condition.slice(0, match.index).trimEnd();
    if (/(?:!~~?|!~\*)$/.test(before)) continue;
    if (/~~\*?$/.test(before))
      found.push(text.replaceAll("%", "").replaceAll("_", "a"), text.replaceAll(/[%_]/g, "a"));
    else if (/~\*?$/.test(before))
      found.push(
        ...Array.from({ length: TEXTS_OF_A_REGEX }, (_, n) => regexText(text, n)).filter(
          (one) => one !== undefined,
        ),
      );
    else found.push(text);
  }
  return found;
}

/** Numbers above this are no lengths to try. */
const LONGEST = 5000;

function lengthsIn(numbers: ReadonlySet<string>): number[] {
  return [...numbers]
    .map(Number)
    .filter((length) => Number.isInteger(length) && length >= 0 && length <= LONGEST);
}

function addNeighbours(number: number, numbers: Set<string>): void {
  if (!Number.isFinite(number)) return;
  for (const one of [number, number + 1, number - 1]) numbers.add(String(one));
}
