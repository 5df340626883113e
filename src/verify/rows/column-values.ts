import { castValues } from "./cast-values.ts";
import { hintsFor, picksNull, type Hints } from "./condition-hints.ts";
import { columnSeries } from "./column-series.ts";
import { mix } from "./mix.ts";
import { hasValueInGroup, nullGroup } from "./null-group.ts";
import type { ColumnShape, TableShape } from "./table-shape.ts";
import { exactText } from "./text-values.ts";
import type { ValueSeries } from "./value-series.ts";

/** `varied`: NULLs, ends of ranges, duplicates. `plain`: values that few programs stumble over. */
export type Variety = "varied" | "plain";

/** What a value is made from; the same recipe gives the same rows. */
export interface Recipe {
  readonly variety: Variety;
  readonly seed: number;
  /** Rows that the table is to hold; those after them stand in for rows that its conditions refuse. */
  readonly rows: number;
  /** Rows that it holds already. */
  readonly offset: number;
  /** What texts hold, where something reads more in them than text: a generated column, an index, a trigger. */
  readonly wording?: "numbers" | "versions";
}

/** Gives the values of one column, a row after the other. */
export class ColumnValues {
  readonly column: ColumnShape;
  readonly #values: ValueSeries | undefined;
  readonly #hinted: readonly string[];
  /** What statements of the migration pick rows by; null stands for NULL. */
  readonly picked: readonly (string | null)[];
  /** A value that repeats would be refused. */
  readonly isUnique: boolean;
  readonly #isConditioned: boolean;
  /** What else may satisfy its conditions, a series each. */
  readonly #fitting: readonly ((n: number) => string)[];
  readonly #group: readonly number[];

  readonly #cast: ValueSeries | undefined;

  constructor(column: ColumnShape, table: TableShape) {
    const { domainConditions, labels } = column;
    this.column = column;
    this.#values = columnSeries(column);
    const cast = table.casts?.find((one) => one.column === column.name);
    this.#cast = cast && castValues(cast, column, TEXTS);
    this.isUnique = isTellingApart(column, table);
    const own = hintsFor(column.name, table.conditions);
    const picked = hintsFor(column.name, table.statements ?? []);
    const ofDomain = hintsFor("VALUE", domainConditions);
    this.#isConditioned =
      [own, ofDomain].some((hints) => isAnything(hints)) || domainConditions.length > 0;
    const sought = column.isArray ? [] : soughtValues(column, picked);
    const usable =
      labels.length > 0 || column.isArray ? [] : usableHints(column, own, ofDomain, picked);
    this.#hinted = [...new Set([...usable, ...sought])];
    const isSought = !column.isRequired && picksNull(column.name, table.statements ?? []);
    this.picked = [...new Set([...sought, ...(isSought ? [null] : [])])];
    this.#fitting = column.isArray ? [] : fittingSeries(column, this.#values, [own, ofDomain]);
    this.#group = nullGroup(column.number, table);
  }

  /** Whether there is any value but NULL. */
  get isKnown(): boolean {
    return this.#values !== undefined;
  }

  /** The value in a row, counted from 0; null for NULL. */
  at(row: number, recipe: Recipe): string | null {
    const values = this.#series(recipe);
    if (values === undefined || this.isNull(row, recipe)) return null;
    const { offset, rows, variety } = recipe;
    const hint = this.#hint(row, recipe);
    if (hint !== undefined) return hint;
    const extreme = variety === "varied" && row < rows ? this.#extreme(row, values) : undefined;
    if (extreme !== undefined) return extreme;
    if (this.isUnique) return values.nth(offset + row);
    // The last row repeats the first. Columns that stand later hold later moments and larger numbers:
    // an end comes after its start.
    const isRepeated = variety === "varied" && row === rows - 1;
    return values.nth((isRepeated ? 0 : offset + row) + this.column.number);
  }

  /** What a condition names; each once first, because a unique column needs another one in each row. */
  #hint(row: number, { seed }: Recipe): string | undefined {
    const hints = this.#hinted.length;
    if (row < hints) return this.#hinted[row];
    const dice = mix(1_000_000, seed, row, this.column.number);
    if (hints === 0 || this.isUnique || dice % 4 === 0) return undefined;
    return this.#hinted[(dice >> 2) % hints];
  }

  /** In every second row after those that have everything and as little as can be. */
  #extreme(row: number, { extremes }: ValueSeries): string | undefined {
    if (row < 2 || row % 2 === 1 || extremes.length === 0) return undefined;
    const at = (row >> 1) - 1;
    return this.isUnique ? extremes[at] : extremes[(at + this.column.number) % extremes.length];
  }

  /** Values to choose from, those first that its conditions name. */
  candidates(recipe: Recipe): string[] {
    const values = this.#series(recipe);
    if (values === undefined) return [];
    const nth = Array.from({ length: recipe.rows + 20 }, (_, n) => values.nth(recipe.offset + n));
    const extremes = recipe.variety === "varied" ? values.extremes : [];
    const fitting = this.#fitting.flatMap((series) => nth.map((_, n) => series(recipe.offset + n)));
    return [...new Set([...this.#hinted, ...extremes, ...nth, ...fitting])];
  }

  #series({ wording, variety }: Recipe): ValueSeries | undefined {
    const { baseType, kind, isArray } = this.column;
    if (variety === "plain" && this.#cast !== undefined) return this.#cast;
    if (wording === undefined || kind !== "base" || isArray || !TEXTS.has(baseType)) {
      return this.#values;
    }
    const nth = (n: number): string => (wording === "versions" ? `${n + 1}.${n}.0` : `${n + 1}`);
    return { nth, extremes: [] };
  }

  /** Whether a row has no value: the first has everything, the second as little as can be, or what is picked. */
  isNull(row: number, { variety, seed, rows }: Recipe): boolean {
    if (this.column.isRequired || row === 0) return false;
    if (row >= rows && this.#group.length > 1) {
      return !hasValueInGroup(this.column.number, this.#group, row - rows, seed);
    }
    if (this.#isConditioned && row >= rows) return mix(2, seed, row, this.column.number, 7) === 0;
    if (variety === "plain") return row === 1 && this.picked.includes(null);
    return row === 1 || mix(6, seed, row, this.column.number, 7) === 0;
  }
}

/** Whether no two rows may have the same value, or this is what is to keep the rows of a longer key apart. */
function isTellingApart({ number }: ColumnShape, table: TableShape): boolean {
  const referring = new Set(table.foreignKeys.flatMap(({ columns }) => columns));
  const isRich = (other: number): boolean => {
    const column = table.columns.find((one) => one.number === other);
    return (
      column !== undefined &&
      !referring.has(other) &&
      column.kind !== "enum" &&
      column.baseType !== "bool"
    );
  };
  return table.uniqueKeys.some((key) =>
    key.length === 1 ? key[0] === number : key.find(isRich) === number,
  );
}

/** Values made for lengths and cases that conditions ask for. */
function fittingSeries(
  { baseType }: ColumnShape,
  values: ValueSeries | undefined,
  hints: readonly Hints[],
): ((n: number) => string)[] {
  const lengths = hints.flatMap((one) => one.lengths);
  if (baseType === "bytea") {
    return lengths.map((length) => (n) => `\\x${hexOf(n, length)}`);
  }
  if (DOCUMENTS.has(baseType)) {
    return objectsOf(hints.flatMap(({ texts }) => texts)).map((object) => () => object);
  }
  if (!TEXTS.has(baseType) || values === undefined) return [];
  const cases = hints.flatMap((one) => [...one.cases]);
  return [
    ...lengths.map((length) => (n: number) => exactText(n, length)),
    ...(cases.includes("lower") ? [(n: number) => values.nth(n).toLowerCase()] : []),
    ...(cases.includes("upper") ? [(n: number) => values.nth(n).toUpperCase()] : []),
  ];
}

function hexOf(n: number, bytes: number): string {
  return bytes === 0
    ? ""
    : n
        .toString(16)
        .padStart(2 * bytes, "0")
        .slice(-2 * bytes);
}

function isAnything({ texts, numbers }: Hints): boolean {
  return texts.length + numbers.length > 0;
}

const NUMBERS = new Set(["int2", "int4", "int8", "numeric", "float4", "float8", "money"]);
const TEXTS = new Set(["text", "varchar", "bpchar", "citext", "char", "name"]);
const DOCUMENTS = new Set(["json", "jsonb"]);
const TIMES = new Set(["date", "timestamp", "timestamptz", "time", "timetz", "interval"]);

function usableHints(column: ColumnShape, ...hints: readonly Hints[]): readonly string[] {
  const { baseType } = column;
  const texts = hints.flatMap((one) => one.texts);
  if (NUMBERS.has(baseType)) {
    const numbers = [...hints.flatMap((one) => one.numbers), ...texts];
    return numbers.filter((text) => isNumberOf(baseType, text));
  }
  if (TIMES.has(baseType)) return texts.filter((text) => MOMENT.test(text)).flatMap(momentsFrom);
  if (baseType === "uuid") return texts.filter((text) => /^[\da-f-]{36}$/i.test(text));
  return TEXTS.has(baseType) ? wordsOf(column, texts) : [];
}

/** Texts that fit. A column with a default that is a word often takes a few words only. */
function wordsOf({ modifier, defaultValue }: ColumnShape, texts: readonly string[]): string[] {
  const most = modifier > 4 ? modifier - 4 : Number.POSITIVE_INFINITY;
  const word = /^'([\w -]{1,60})'::/.exec(defaultValue ?? "")?.[1];
  const all = word === undefined || texts.length === 0 ? texts : [word, ...texts];
  return all.filter((text) => text.length <= most);
}

/** Values of a column that statements of a migration pick rows by. */
function soughtValues(column: ColumnShape, picked: Hints): readonly string[] {
  const { baseType, labels } = column;
  if (labels.length > 0) return picked.texts.filter((text) => labels.includes(text));
  if (DOCUMENTS.has(baseType)) return picked.documents;
  const usable = usableHints(column, picked);
  if (!TIMES.has(baseType)) return usable;
  return [...usable, ...picked.texts.flatMap((text) => dayBefore(text) ?? [])];
}

function dayBefore(text: string): string | undefined {
  const start = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text.slice(0, 10)) : Number.NaN;
  return Number.isNaN(start) ? undefined : new Date(start - 86_400_000).toISOString();
}

/** Objects with the keys that a condition may ask for, and with values of some types. */
function objectsOf(keys: readonly string[]): string[] {
  if (keys.length === 0) return [];
  return ["text", 1, [], {}].map((value) =>
    JSON.stringify(Object.fromEntries(keys.map((key) => [key, value]))),
  );
}

const MOMENT = /^\d{4}-\d\d-\d\d|^\d\d:\d\d/;

/** A moment and some after it: partitions often hold a day, a month or a year. */
function momentsFrom(text: string): string[] {
  const start = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(start)) return [text];
  const after = Array.from({ length: 12 }, (_, n) => new Date(start + n * 7_200_000).toISOString());
  return [text, ...after];
}

function isNumberOf(type: string, text: string): boolean {
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) return false;
  if (!type.startsWith("int")) return true;
  return (
    /^-?\d+$/.test(text) && Math.abs(Number(text)) <= (type === "int2" ? 32_767 : 2_147_483_647)
  );
}
