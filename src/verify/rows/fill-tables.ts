import { displayName } from "../../core/name.ts";
import type { Session } from "../session.ts";
import type { Variety } from "./column-values.ts";
import type { Cast } from "./cast-values.ts";
import { countRows } from "./count-rows.ts";
import { fillOrder } from "./fill-order.ts";
import { insertAll } from "./insert-all.ts";
import type { InsertPlan } from "./insert-plan.ts";
import { readShapes } from "./read-shapes.ts";
import { forced, lifted, tablesHidingRows } from "./row-security.ts";
import type { TableShape } from "./table-shape.ts";

/** How many rows tables are given. */
export interface FillWish {
  readonly variety: Variety;
  /** Rows of a table. */
  readonly rows: number;
  /** Rows of a table that the migration reads or writes whole. */
  readonly manyRows: number;
  /** Whether a table, by schema and name, is one of those. */
  readonly isRead: (schema: string, name: string) => boolean;
  /** SQL of the migration that picks rows of a table, by schema and name. */
  readonly statements: (schema: string, name: string) => readonly string[];
  /** Columns of a table to which the migration gives another type. */
  readonly casts?: (schema: string, name: string) => readonly Cast[];
}

/** What is known of the tables that were filled, kept while a database lives. */
export interface Filled {
  /** Rows made, by the table's oid. */
  readonly made: Map<string, number>;
  /** Why a table holds no rows, by its oid. */
  readonly reasons: Map<string, { readonly table: string; readonly reason: string }>;
}

export function nothingFilled(): Filled {
  return { made: new Map(), reasons: new Map() };
}

/**
 * Makes rows for the tables that have none, and more for those of its own that need more. Tables that
 * hold rows of the migrations' or of a seed file keep them as they are. What could not be filled is
 * in `filled.reasons`. Tells whether there was anything to be filled. The session must not be in a transaction, and may be dead afterwards.
 */
export async function fillTables(
  session: Session,
  wish: FillWish,
  filled: Filled,
): Promise<boolean> {
  const hiding = await tablesHidingRows(session.database);
  if (hiding.length === 0) return fillVisible(session, wish, filled);
  const allowance = session.context.clock.forScript();
  await session.send(hiding.map(lifted), allowance);
  const wasFilled = await fillVisible(session, wish, filled);
  if (session.alive) await session.send(hiding.map(forced), allowance);
  return wasFilled;
}

async function fillVisible(session: Session, wish: FillWish, filled: Filled): Promise<boolean> {
  const shapes = await readShapes(session.database);
  const plans = plansFor(shapes, await countRows(session, shapes), wish, filled);
  if (plans.length === 0) return false;
  const reasons = await insertAll(session, plans);
  if (!session.alive) return true;
  await session.reset();
  const tables = plans.map(({ table }) => table);
  const counts = await countRows(session, tables);
  for (const table of tables) {
    const count = counts.get(table.oid) ?? 0;
    const reason = reasons.get(table) ?? refused(table);
    if (count > 0) filled.made.set(table.oid, count);
    else filled.reasons.set(table.oid, { table: displayName(table), reason });
  }
  return true;
}

function plansFor(
  shapes: readonly TableShape[],
  counts: ReadonlyMap<string, number>,
  wish: FillWish,
  filled: Filled,
): InsertPlan[] {
  return fillOrder(shapes).flatMap(({ table, later }) => {
    const { oid, schema, name } = table;
    const present = counts.get(oid) ?? 0;
    const statements = wish.statements(schema, name);
    const casts = wish.casts?.(schema, name) ?? [];
    const missing = (wish.isRead(schema, name) ? wish.manyRows : wish.rows) - present;
    // Some that the migration picks, however many there are already.
    const rows = statements.length > 0 ? Math.max(missing, wish.rows) : missing;
    const isOurs = present === 0 ? !filled.reasons.has(oid) : filled.made.has(oid);
    const recipe = { variety: wish.variety, seed: SEED, rows, offset: present };
    return rows > 0 && isOurs ? [{ table: { ...table, statements, casts }, later, recipe }] : [];
  });
}

/** The same rows on every run. */
const SEED = 1;

function refused({ conditions }: TableShape): string {
  return conditions.length === 0
    ? "what its foreign keys point to has no rows, or its triggers let none in"
    : "none of the rows that were tried satisfies its constraints";
}
