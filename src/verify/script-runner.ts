import { placeIn } from "../core/statement.ts";
import type { DatabaseError } from "../core/verification.ts";
import type { Allowance } from "./clock.ts";
import type { BatchFailure } from "./database.ts";
import type { LockObserver } from "./observation/lock-observer.ts";
import { planStatements, type Query, type ScriptPlan } from "./queries.ts";
import { QuerySender, type QueryRun } from "./query-sender.ts";
import type { ScriptRun } from "./script-run.ts";
import type { Session } from "./session.ts";
import { utf16Offset } from "./substitution.ts";

/** How a script ended that was sent statement by statement. */
export interface ScriptOutcome {
  /** With the time of the query that failed or that the clock ended. */
  readonly durationMs: number;
  /** The queries of the file that were sent to their end, in order. */
  readonly ran: readonly QueryRun[];
  /** How long the COMMIT took that ended the runner's transaction. */
  readonly commitMs?: number;
  readonly error?: DatabaseError;
}

/** How a script is run: the clock for each query, and who watches it. */
export interface ScriptOptions {
  readonly allow: () => Allowance;
  readonly observer?: LockObserver;
  /** Index of the query to begin with. */
  readonly from?: number;
}

/**
 * Runs one script as its runner would, from its first query or from a later one, and leaves the
 * session as a new one. What only production has is made, and the script is run again.
 */
export async function runScript(
  session: Session,
  run: ScriptRun,
  { allow, observer, from = 0 }: ScriptOptions,
): Promise<ScriptOutcome> {
  const ran: QueryRun[] = [];
  let start = from;
  for (;;) {
    const plan = planStatements(run, session.leftOut(run));
    const sender = new QuerySender(session, plan, allow, observer);
    const stopped = await sender.sendAll(start, ran);
    await session.reset(run);
    const end = (error?: DatabaseError): ScriptOutcome => ({
      durationMs: ran.reduce(
        (sum, { durationMs }) => sum + durationMs,
        stopped?.failedAfterMs ?? 0,
      ),
      ran: ran.filter(({ query }) => query.span !== undefined),
      ...commitTime(ran.at(-1)),
      ...(error === undefined ? {} : { error }),
    });
    if (stopped === undefined) return end();
    const { failure, query } = stopped;
    const again = session.alive ? resumeAt(plan, query) : undefined;
    if (sender.interfered) observer?.stopReading();
    const provide = (): Promise<boolean> =>
      session.provide(failure, run, statementsOf(plan, query));
    if (again === undefined || !(sender.interfered || (await provide()))) {
      return end(errorInFile(run, plan.queries[query], failure));
    }
    if (again === 0) ran.length = 0;
    start = again;
  }
}

function statementsOf({ queries }: ScriptPlan, query: number): readonly number[] {
  return queries[query]?.statements ?? [];
}

function commitTime(last: QueryRun | undefined): { readonly commitMs?: number } {
  return last?.query.text === "COMMIT" ? { commitMs: last.durationMs } : {};
}

/** The query from which a script can be run again after one failed; undefined when it cannot. */
export function resumeAt({ atomic, run, queries }: ScriptPlan, failed: number): number | undefined {
  if (atomic) return 0;
  // Each query committed by itself, and the failed one left nothing behind.
  const { execution, statementSpans } = run.source;
  const alone =
    !execution.transaction && execution.sends === "statements" && statementSpans === undefined;
  const controls = run.script.statements.some(({ kind }) => kind === "TransactionStmt");
  return alone && !controls && queries[failed] !== undefined ? failed : undefined;
}

/** The error with its line in the file: where the server points, else where the query begins. */
export function errorInFile(
  run: ScriptRun,
  query: Query | undefined,
  failure: BatchFailure,
): DatabaseError {
  const { offset, line: _, ...error } = failure.error;
  if (query?.span === undefined) return error;
  const start =
    offset === undefined || query.sourceOffset === undefined
      ? query.span.start
      : query.sourceOffset(utf16Offset(query.text, offset));
  // Without a place, a string of several statements does not tell which of them it was.
  if (offset === undefined && query.statements.length > 1) return error;
  return { ...error, line: placeIn(run.script, { start, end: start }).line };
}
