import type { Allowance } from "../clock.ts";
import type { BatchFailure } from "../database.ts";
import type { Session } from "../session.ts";
import { CannotFill, candidateRows, type InsertPlan } from "./insert-plan.ts";
import { cycleQuery, emptyingQueries } from "./required-cycle.ts";
import { insertQuery } from "./insert-query.ts";
import { laterQueries } from "./later-references.ts";
import { pickQueries } from "./pick-rows.ts";
import { oneByOne, withoutTriggers } from "./row-by-row.ts";
import type { TableShape } from "./table-shape.ts";

/** A trigger may take as long as it likes, in ms. */
const MOST_TRIED_MS = 30_000;
const BATCH = 40;
/** Each of them costs as much as all together. */
const MOST_ONE_BY_ONE = 10;

/** Sends one statement a table; tells for each table why it took none. */
export async function insertAll(
  session: Session,
  plans: readonly InsertPlan[],
): Promise<Map<TableShape, string>> {
  const reasons = new Map<TableShape, string>();
  const { inserts, inCycle } = plannedInserts(plans, reasons);
  for (let start = 0; start < inserts.length && session.alive;) {
    const some = inserts.slice(start, start + BATCH);
    const failure = await send(
      session,
      some.map(({ query }) => query),
    );
    if (failure === undefined) {
      start += some.length;
      continue;
    }
    const failed = some[failure.query];
    start += failure.query + 1;
    if (failed === undefined || failure.cause !== "sql") return reasons;
    const reason = await insertOtherwise(session, failed.plan, failure);
    if (reason !== undefined) reasons.set(failed.plan.table, reason);
  }
  const richer = plans.flatMap((plan) => [
    ...laterQueries(plan),
    ...(inCycle.has(plan) ? emptyingQueries(plan) : []),
    ...pickQueries(plan),
  ]);
  for (const query of richer) {
    // It only makes the rows richer: what a condition or a trigger refuses stays as it is.
    if (session.alive) await send(session, [query]);
  }
  return reasons;
}

interface Insert {
  readonly plan: InsertPlan;
  readonly query: string;
}

/** A statement for each table, or for several that only go together; `reasons`: why there is none for others. */
function plannedInserts(
  plans: readonly InsertPlan[],
  reasons: Map<TableShape, string>,
): { readonly inserts: readonly Insert[]; readonly inCycle: ReadonlySet<InsertPlan> } {
  const inserts: Insert[] = [];
  const inCycle = new Set<InsertPlan>();
  for (const plan of plans) {
    if (inCycle.has(plan)) continue;
    try {
      const cycle = plan.later.size > 0 ? cycleQuery(plan, plans) : undefined;
      for (const one of cycle?.plans ?? []) inCycle.add(one);
      inserts.push({ plan, query: cycle?.query ?? insertQuery(plan) });
    } catch (error) {
      if (!(error instanceof CannotFill)) throw error;
      reasons.set(plan.table, error.message);
    }
  }
  return { inserts, inCycle };
}

/** With other texts, row by row, then without triggers. Tells why there is still none. */
async function insertOtherwise(
  session: Session,
  plan: InsertPlan,
  { error }: BatchFailure,
): Promise<string | undefined> {
  const { recipe } = plan;
  const few = { ...plan, recipe: { ...recipe, rows: Math.min(recipe.rows, MOST_ONE_BY_ONE) } };
  const inserted = undefinedWhereRefused(() => insertQuery(few, "candidate"));
  // Tables that only go together are not tried one by one.
  if (inserted === undefined) return error.message;
  const single = oneByOne(inserted, candidateRows(few), few.recipe.rows);
  const worded = isAboutValues(error.code)
    ? WORDINGS.map((one) => insertQuery(inWords(plan, one)))
    : [];
  for (const query of [...worded, single, withoutTriggers(single)]) {
    const failure = await send(session, [query]);
    if (failure === undefined) return undefined;
    if (!session.alive) break;
    await session.reset();
  }
  return error.message;
}

function undefinedWhereRefused(make: () => string): string | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof CannotFill) return undefined;
    throw error;
  }
}

/** A text that is read as something else. https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isAboutValues(code: string | undefined): boolean {
  return code?.startsWith("22") === true;
}

const WORDINGS = ["versions", "numbers"] as const;

function inWords(plan: InsertPlan, wording: (typeof WORDINGS)[number]): InsertPlan {
  return { ...plan, recipe: { ...plan.recipe, wording } };
}

async function send(
  session: Session,
  queries: readonly string[],
): Promise<BatchFailure | undefined> {
  const allowance = session.context.clock.forScript();
  const allowed: Allowance = { ...allowance, ms: Math.min(allowance.ms, MOST_TRIED_MS) };
  return (await session.send(queries, allowed)).failure;
}
