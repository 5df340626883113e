import type { Direction } from "../core/migration.ts";
import type { ObservedLock } from "../core/observation.ts";
import { placeIn } from "../core/statement.ts";
import type { StatementRun } from "../core/verification.ts";
import type { Query } from "./queries.ts";
import type { QueryRun } from "./query-sender.ts";
import type { ScriptRun } from "./script-run.ts";
import type { ScriptOutcome } from "./script-runner.ts";

/** Longer statements are cut, in UTF-16 units. */
const LONGEST_STATEMENT = 2_000;

/** What is told of each statement of a script that was run. */
export function statementRuns(
  run: ScriptRun,
  direction: Direction,
  { ran, commitMs = 0 }: ScriptOutcome,
): StatementRun[] {
  const held = heldTimes(ran, commitMs);
  return ran.map(({ query, durationMs, observation }, at) => ({
    direction,
    ...startOf(run, query),
    sql:
      query.text.length > LONGEST_STATEMENT
        ? `${query.text.slice(0, LONGEST_STATEMENT)}…`
        : query.text,
    durationMs,
    watched: observation !== undefined,
    rewrites: [],
    ...observation,
    locks: (observation?.locks ?? []).map((lock) => withTime(lock, held[at])),
    ...(observation?.scans === undefined
      ? {}
      : { rowsScanned: observation.scans.reduce((sum, { rows }) => sum + rows, 0) }),
  }));
}

function startOf({ script }: ScriptRun, { span }: Query): Pick<StatementRun, "line" | "column"> {
  const { line, column } = placeIn(script, span ?? { start: 0, end: 0 });
  return { line, column };
}

/** For each query the ms from its beginning to the end of its transaction. */
function heldTimes(ran: readonly QueryRun[], commitMs: number): (number | undefined)[] {
  const times: (number | undefined)[] = [];
  let next: QueryRun | undefined;
  let heldMs = 0;
  for (const run of ran.toReversed()) {
    const isSame = next !== undefined && next.transaction === run.transaction;
    heldMs = (isSame ? heldMs : (run.commitMs ?? commitMs)) + run.durationMs;
    times.unshift(run.transaction === undefined ? undefined : heldMs);
    next = run;
  }
  return times;
}

function withTime(lock: ObservedLock, heldMs: number | undefined): ObservedLock {
  return heldMs === undefined ? lock : { ...lock, heldMs };
}
