import type { ObjectName } from "../../core/name.ts";
import type { OperationKind } from "../../core/operation.ts";
import type { ScriptPair, ScriptRun, SeedFile } from "../script-run.ts";
import type { Session } from "../session.ts";
import { type Cast, castsOf } from "./cast-values.ts";
import { RUNNER_TABLES } from "../runner-tables.ts";
import { deriveRows, derivedTables } from "./derived-tables.ts";
import { fillTables, nothingFilled, type Filled, type FillWish } from "./fill-tables.ts";
import { holdsRows, type RowSnapshot } from "./row-snapshot.ts";

/** Rows of a table that a migration reads or writes whole, so that it shows in what is observed. */
const MANY_ROWS = 1000;

/** How rich the rows are, from the richest on; a step that stops on some may pass on poorer ones. */
const LEVELS = ["varied", "plain", "none"] as const;
export type RowLevel = (typeof LEVELS)[number];

/** Keeps the tables of a run's databases filled: from seed files, and with rows made up. */
export class RowSupply {
  readonly #rows: number;
  readonly #seed: readonly SeedFile[];
  readonly #notes = new Set<string>();
  #level: RowLevel;
  #filled: Filled = nothingFilled();
  #isSeeded = false;

  constructor(rows: number, seed: readonly SeedFile[]) {
    this.#rows = rows;
    this.#seed = seed;
    this.#level = this.#richest;
  }

  get level(): RowLevel {
    return this.#level;
  }

  /** What could not be filled, a sentence each. */
  get notes(): readonly string[] {
    const tables = [...this.#filled.reasons.values()].map(
      ({ table, reason }) => `No rows could be made for ${table}: ${reason}.`,
    );
    return [...this.#notes, ...tables];
  }

  /** Why a table, as a person calls it, holds no rows; undefined where it was not tried. */
  reasonFor(table: string): string | undefined {
    return [...this.#filled.reasons.values()].find((one) => one.table === table)?.reason;
  }

  /** For a database that is new; `kept`: what was filled in one that holds rows. */
  begin(kept?: { readonly filled: Filled; readonly notes: readonly string[] }): void {
    this.#filled = kept?.filled ?? nothingFilled();
    this.#isSeeded = kept !== undefined;
    for (const note of kept?.notes ?? []) this.#notes.add(note);
  }

  /** Whether rows are as rich as they can be. */
  get isRichest(): boolean {
    return this.#level === this.#richest;
  }

  /** What was filled, and what is to be said of it, but for tables without rows. */
  get supplied(): { readonly filled: Filled; readonly notes: readonly string[] } {
    return { filled: this.#filled, notes: [...this.#notes] };
  }

  /** Rows as rich as they can be, for the next migration. */
  restore(): void {
    this.#level = this.#richest;
  }

  /** Poorer rows for the next database. */
  weaken(): void {
    this.#level = LEVELS[LEVELS.indexOf(this.#level) + 1] ?? "none";
  }

  /**
   * Fills what is empty, as it suits a migration; `present` is what the tables hold, `applied` what
   * made them. Tells whether any rows were made. The session may be dead afterwards.
   */
  async supply(
    session: Session,
    pair: ScriptPair,
    present: RowSnapshot,
    applied: readonly ScriptRun[] = [],
  ): Promise<boolean> {
    const isSeeding = !this.#isSeeded && this.#seed.length > 0;
    this.#isSeeded = true;
    if (isSeeding) await this.#runSeed(session);
    if (this.#level === "none" || !session.alive) return isSeeding;
    const read = tablesRead(pair);
    const manyRows = Math.max(this.#rows, MANY_ROWS);
    const isRead = (schema: string, name: string): boolean =>
      read.some((table) => table.name === name && (table.schema ?? schema) === schema);
    const picking = pickingStatements(pair);
    const statements = (schema: string, name: string): string[] =>
      picking
        .filter(({ table }) => table.name === name && (table.schema ?? schema) === schema)
        .map(({ sql }) => sql);
    const casting = castsOf(pair.up.script);
    const casts = (schema: string, name: string): Cast[] =>
      casting.filter(({ table }) => table.name === name && (table.schema ?? schema) === schema);
    const wish = { variety: this.#level, rows: this.#rows, manyRows, isRead, statements, casts };
    // What a seed file did is not in it.
    if (!isSeeding && !this.#isWanting(present, wish)) return false;
    const wasFilled = await fillTables(session, wish, this.#filled);
    if (wasFilled) await deriveRows(session, derivedTables(applied));
    if (!session.alive) {
      this.#notes.add("No rows were made: a table took too long to fill.");
      this.#level = "none";
    }
    return isSeeding || wasFilled;
  }

  /** Whether a table is to be given rows: catalogs are not read for nothing. */
  #isWanting(
    { tables }: RowSnapshot,
    { isRead, statements }: Pick<FillWish, "isRead" | "statements">,
  ): boolean {
    const { made, reasons } = this.#filled;
    return [...tables.values()].some((table) => {
      if (RUNNER_TABLES.has(table.name) || reasons.has(table.oid)) return false;
      if (!holdsRows(table)) return true;
      if (made.has(table.oid) && statements(table.schema, table.name).length > 0) return true;
      return isRead(table.schema, table.name) && (made.get(table.oid) ?? MANY_ROWS) < MANY_ROWS;
    });
  }

  get #richest(): RowLevel {
    return this.#rows === 0 ? "none" : "varied";
  }

  async #runSeed(session: Session): Promise<void> {
    for (const { path, text } of this.#seed) {
      const { failure } = await session.send([text], session.context.clock.forScript());
      if (!session.alive) return;
      await session.reset();
      if (failure !== undefined) {
        this.#notes.add(`The seed file ${path} could not be run: ${failure.error.message}.`);
      }
    }
  }
}

/** All of a migration that decides which rows are made for it; for comparing. */
export function rowsWanted(pair: ScriptPair): unknown {
  return { read: tablesRead(pair), picked: pickingStatements(pair) };
}

/** Operations that read or write every row of their table. */
const READING: ReadonlySet<OperationKind> = new Set([
  "add-constraint",
  "validate-constraint",
  "attach-partition",
  "set-persistence",
  "set-access-method",
  "truncate",
  "create-index",
  "reindex",
  "alter-column-type",
  "set-not-null",
  "set-column-expression",
  "add-identity",
  "update-rows",
  "delete-rows",
  "merge-rows",
]);

/** Statements that change rows of a table which they pick, each with its text. */
function pickingStatements({ up, down }: ScriptPair): { table: ObjectName; sql: string }[] {
  const scripts = [up.script, ...(typeof down === "string" ? [] : [down.script])];
  return scripts.flatMap(({ statements, text }) =>
    statements.flatMap(({ operations, span }) =>
      operations.flatMap((operation) =>
        PICKING.has(operation.kind) && "table" in operation && operation.table !== undefined
          ? [{ table: operation.table, sql: text.slice(span.start, span.end) }]
          : [],
      ),
    ),
  );
}

const PICKING: ReadonlySet<OperationKind> = new Set(["update-rows", "delete-rows", "merge-rows"]);

function tablesRead({ up, down }: ScriptPair): ObjectName[] {
  const scripts = [up.script, ...(typeof down === "string" ? [] : [down.script])];
  return scripts
    .flatMap(({ statements }) => statements.flatMap(({ operations }) => operations))
    .flatMap((operation) => {
      // A default may ask for another value in every row.
      if (operation.kind === "add-column" && operation.column.default !== undefined) {
        return [operation.table];
      }
      const isReading = READING.has(operation.kind) && "table" in operation;
      return isReading && operation.table !== undefined ? [operation.table] : [];
    });
}
