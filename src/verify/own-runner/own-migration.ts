import type { DatabaseError, Verification } from "../../core/verification.ts";
import { difference, isSemantic } from "../difference.ts";
import { downToRun } from "../not-run.ts";
import { compareRows, type RowsFate } from "../rows/compare-rows.ts";
import { LossCauses } from "../rows/loss-cause.ts";
import { rowsNotRestored, survivalOf } from "../rows/row-words.ts";
import { losesUnseen } from "../rows/unseen-values.ts";
import type { RowSnapshot } from "../rows/row-snapshot.ts";
import { RUNNER_TABLES } from "../runner-tables.ts";
import type { ScriptPair } from "../script-run.ts";
import type { Session } from "../session.ts";
import { readState, type State } from "../state.ts";
import { downVerdict } from "../verdict.ts";
import type { MigrationResult } from "../verify-migration.ts";
import type { SentStatement } from "./answer.ts";
import type { OwnRunner } from "./own-runner.ts";

export interface OwnMigration {
  /** Reads what the database holds; the runner has a session of its own. */
  readonly session: Session;
  readonly runner: OwnRunner;
  readonly pair: ScriptPair;
  readonly down: "expected" | "required" | "off";
  /** Before up. */
  readonly before: State;
  readonly onStep: (step: "up" | "down" | "up again") => void;
}

export interface OwnResult extends MigrationResult {
  /** What was sent on the way up and down; absent where it did not run to its end. */
  readonly sent: {
    readonly up?: readonly SentStatement[];
    readonly down?: readonly SentStatement[];
  };
}

/** Has the project's own runner run one migration up, down and up again. Throws RunEnded when it ends. */
export async function runOwnMigration(given: OwnMigration): Promise<OwnResult> {
  const { session, runner, pair, before } = given;
  session.context.clock.startMigration();
  given.onStep("up");
  const up = await timed(() => runner.run({ do: "up", migration: pair.id }));
  if (up.error !== undefined)
    return { verification: upFailed(up, before, await readState(session)), sent: {} };
  const after = await readState(session, before);
  const passed = {
    outcome: "passed",
    durationMs: up.durationMs,
    difference: difference(before.catalog, after.catalog),
  } as const;
  const survival = survivalOf(
    fates(before.rows, after.rows),
    // Which statement it was, is told of the compiled ones.
    new LossCauses(pair.up, [], [before.catalog, after.catalog]),
  );
  const { verification, state, sent } = await runDown(given, after);
  return {
    verification: { ...verification, up: passed, survival, statements: [] },
    sent: { up: up.sent, ...(sent === undefined ? {} : { down: sent }) },
    ...(state === undefined ? {} : { state }),
  };
}

interface DownRun {
  readonly verification: Pick<Verification, "down" | "upAgain" | "rows">;
  readonly state?: State;
  readonly sent?: readonly SentStatement[];
}

async function runDown(given: OwnMigration, after: State): Promise<DownRun> {
  const { session, runner, pair, before } = given;
  const wanted = downToRun(pair, given.down);
  // Whether it can be undone is told by the runner; what a person or the configuration says, holds.
  if ("verdict" in wanted && wanted.verdict !== "missing") return notUndone(wanted, after);
  given.onStep("down");
  const down = await timed(() => runner.run({ do: "down", migration: pair.id }));
  const { durationMs } = down;
  if (down.irreversible !== undefined) {
    return notUndone({ verdict: "missing", difference: [], reason: down.irreversible }, after);
  }
  if (down.error !== undefined) {
    const left = difference(after.catalog, (await readState(session)).catalog);
    const failed = { verdict: "fails", difference: left, error: down.error, durationMs } as const;
    return { verification: { down: failed, upAgain: notRun("down failed"), rows: [] } };
  }
  const undone = await readState(session, after);
  const remaining = difference(before.catalog, undone.catalog);
  const rows = rowsNotRestored(fates(before.rows, undone.rows));
  const verdict = downVerdict({
    upChanged: isChanged(before, after),
    downChanged: isChanged(after, undone),
    difference: remaining,
    rows,
    losesUnseen: losesUnseen(fates(before.rows, after.rows), {
      before,
      after,
      undone,
      // The project's code may have done it.
      downWrites: () => true,
    }),
  });
  const again = await runAgain(given, after);
  return {
    verification: {
      down: { verdict, difference: remaining, durationMs },
      upAgain: again.result,
      rows,
    },
    sent: down.sent,
    ...(again.state === undefined ? {} : { state: again.state }),
  };
}

async function runAgain(
  { session, runner, pair, onStep }: OwnMigration,
  after: State,
): Promise<{ readonly result: Verification["upAgain"]; readonly state?: State }> {
  onStep("up again");
  const { error, durationMs } = await timed(() => runner.run({ do: "up", migration: pair.id }));
  if (error !== undefined) {
    return { result: { outcome: "failed", error, durationMs, difference: [] } };
  }
  const state = await readState(session, after);
  const other = difference(after.catalog, state.catalog);
  if (!isSemantic(other)) {
    return { result: { outcome: "passed", difference: other, durationMs }, state };
  }
  const reason = "it gave another schema than the first time";
  return { result: { outcome: "failed", difference: other, durationMs, reason } };
}

function upFailed(
  { error, durationMs }: { readonly error?: DatabaseError; readonly durationMs: number },
  before: State,
  now: State,
): Verification {
  const left = difference(before.catalog, now.catalog);
  return {
    up: {
      outcome: "failed",
      durationMs,
      difference: left,
      ...(error === undefined ? {} : { error }),
    },
    down: { verdict: "not-run", difference: [], reason: "up failed" },
    upAgain: notRun("up failed"),
    rows: [],
    statements: [],
  };
}

function notUndone(down: Verification["down"], after: State): DownRun {
  const upAgain = notRun("there was no down to run before it");
  return { verification: { down, upAgain, rows: [] }, state: after };
}

function notRun(reason: string): Verification["upAgain"] {
  return { outcome: "not-run", difference: [], reason };
}

/** What became of the rows, but for the runner's own record of what it did. */
function fates(before: RowSnapshot, after: RowSnapshot): RowsFate[] {
  return compareRows(before, after).filter(({ match }) => !RUNNER_TABLES.has(match.before.name));
}

function isChanged(before: State, after: State): boolean {
  return (
    difference(before.catalog, after.catalog).length > 0 ||
    rowsNotRestored(fates(before.rows, after.rows)).length > 0
  );
}

async function timed<Result>(
  run: () => Promise<Result>,
): Promise<Result & { readonly durationMs: number }> {
  const start = performance.now();
  const result = await run();
  return { ...result, durationMs: performance.now() - start };
}
