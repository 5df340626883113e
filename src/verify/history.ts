import type { DatabaseError } from "../core/verification.ts";
import { planScript, type ScriptPlan } from "./queries.ts";
import type { ScriptRun } from "./script-run.ts";
import { errorInFile, resumeAt, runScript } from "./script-runner.ts";
import type { Session } from "./session.ts";

/** How many query strings go to the database at once: between them the clock is looked at. */
const BATCH = 40;

/** The script of the history at which it stopped. */
export interface HistoryFailure {
  readonly path: string;
  readonly error: DatabaseError;
}

interface Sent {
  readonly script: number;
  /** Absent for what resets the session. */
  readonly query?: number;
  readonly text: string;
}

/**
 * Applies scripts one after the other with as little talk as can be. Stops at the first that cannot
 * be applied.
 */
export async function applyHistory(
  session: Session,
  runs: readonly ScriptRun[],
  onProgress: (applied: number) => void = () => undefined,
): Promise<HistoryFailure | undefined> {
  let next = 0;
  while (next < runs.length) {
    const plans = runs.slice(next).map((run) => planScript(run, session.leftOut(run)));
    const stopped = await sendPlans(session, plans, (done) => onProgress(next + done));
    if (stopped === undefined) return undefined;
    const { script, query, failure } = stopped;
    const plan = plans[script];
    if (plan === undefined) throw new Error("a batch failed in a script that it did not hold");
    const { run } = plan;
    const failed = { path: run.source.path, error: errorInFile(run, plan.queries[query], failure) };
    const again = session.alive ? resumeAt(plan, query) : undefined;
    if (again === undefined) return failed;
    // Statement by statement, the script tells its line, and what only production has is made.
    await session.reset(run);
    const { error } = await runScript(session, run, {
      allow: () => session.context.clock.forScript(),
      from: again,
    });
    if (error !== undefined) return { path: run.source.path, error };
    next += script + 1;
  }
  return undefined;
}

async function sendPlans(
  session: Session,
  plans: readonly ScriptPlan[],
  onProgress: (done: number) => void,
): Promise<{ script: number; query: number; failure: HistoryBatchFailure } | undefined> {
  const all = plans.flatMap((plan, script): Sent[] => [
    ...plan.queries.map(({ text }, query) => ({ script, query, text })),
    ...session.queriesAfter(plan.run).map((text) => ({ script, text })),
  ]);
  for (let start = 0; start < all.length; start += BATCH) {
    const batch = all.slice(start, start + BATCH);
    onProgress(batch[0]?.script ?? 0);
    const allowance = session.context.clock.forScript();
    const { failure } = await session.send(
      batch.map(({ text }) => text),
      allowance,
    );
    if (failure === undefined) continue;
    const sent = batch[failure.query];
    if (sent?.query === undefined && failure.cause === "sql") {
      throw new Error(`the session could not be reset: ${failure.error.message}`);
    }
    return { script: sent?.script ?? 0, query: sent?.query ?? 0, failure };
  }
  return undefined;
}

type HistoryBatchFailure = NonNullable<Awaited<ReturnType<Session["send"]>>["failure"]>;
