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
  /** JSON that satisfies comparisons with a part of it. */
  readonly documents: readonly string[];
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
  const documents = new Set<string>();
  const cases = new Set<"lower" | "upper">();
  for (const condition of conditions) {
    // A hash says nothing about the values that have it.
    if (condition.includes("satisfies_hash_partition") || !speaksOf(condition, name)) continue;
    for (const text of textsIn(condition)) texts.add(text);
    for (const document of documentsIn(condition, name)) documents.add(document);
    const bare = condition.replaceAll(STRING, "''");
    for (const [number] of bare.matchAll(NUMBER)) addNeighbours(Number(number), numbers);
    if (LENGTH.test(condition)) for (const length of lengthsIn(numbers)) lengths.add(length);
    if (/\blower\(/.test(condition)) cases.add("lower");
    if (/\bupper\(/.test(condition)) cases.add("upper");
  }
  for (const length of lengths) texts.add(exactText(length, length));
  return {
    texts: [...texts],
    numbers: [...numbers],
    lengths: [...lengths],
    documents: [...documents],
    cases,
  };
}

/** Whether statements, as people write them, pick rows that are NULL in a column. */
export function picksNull(name: string, statements: readonly string[]): boolean {
  const pattern = new RegExp(`(?<![\\w$])"?${escaped(name)}"?\\s+IS\\s+NULL\\b`, "i");
  return statements.some((sql) => pattern.test(sql.replaceAll(STRING, "''")));
}

/** A domain's condition, about a column. */
export function domainCondition(condition: string, column: string): string {
  return condition.replaceAll(/\bVALUE\b/g, () => quoteIdentifier(column));
}

/** Whether a condition, as PostgreSQL writes it, names a column. */
export function speaksOf(condition: string, name: string): boolean {
  const bare = condition.replaceAll(STRING, "''");
  return new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`).test(bare);
}

function escaped(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** `settings ->> 'theme' = 'dark'` and `settings @> '{"theme": "dark"}'`. */
function documentsIn(condition: string, name: string): string[] {
  const column = `(?<![\\w$])${escaped(name)}(?![\\w$])"?\\)?\\s*`;
  const part = new RegExp(
    String.raw`${column}->>?\s*'([^']*)'(?:::\w+)?\)?(?:::\w+)?\s*=\s*'([^']*)'`,
    "g",
  );
  const whole = new RegExp(String.raw`${column}@>\s*'(\{[^']*\})'`, "g");
  return [
    ...[...condition.matchAll(part)].map(([, key = "", value = ""]) => documentWith(key, value)),
    ...[...condition.matchAll(whole)].map(([, text = ""]) => text),
  ];
}

/** A value of `->` is JSON, and one of `->>` a text. */
function documentWith(key: string, value: string): string {
  const isJson = value.startsWith('"') && value.endsWith('"') && value.length > 1;
  return `{${JSON.stringify(key)}: ${isJson ? value : JSON.stringify(value)}}`;
}

const TEXTS_OF_A_REGEX = 12;

/** A text that is looked for in another one. */
const WITHIN = /\b(?:position|strpos)"?\(/i;

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
    else found.push(text, ...(WITHIN.test(condition) ? [`ab${text}cd`] : []));
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
