import type { ReleaseQuery } from "../core/release-query.ts";
import type { Caution, SchemaChange, StepResult, Verification } from "../core/verification.ts";
import type { Allowance } from "./clock.ts";
import { difference, isSemantic } from "./difference.ts";
import type { LockObserver } from "./observation/lock-observer.ts";
import { downToRun } from "./not-run.ts";
import { ReleaseWatch } from "./release/release-watch.ts";
import { compareRows, type RowsFate } from "./rows/compare-rows.ts";
import { idleStatements, type ScriptCourse } from "./rows/idle-statements.ts";
import { LossCauses } from "./rows/loss-cause.ts";
import { tryNewRelease } from "./rows/new-release.ts";
import { causesOfRest, type Passage } from "./rows/rest-cause.ts";
import { rowsNotRestored, survivalOf } from "./rows/row-words.ts";
import { losesUnseen } from "./rows/unseen-values.ts";
import type { ScriptPair, ScriptRun } from "./script-run.ts";
import { runScript, type ScriptOutcome } from "./script-runner.ts";
import type { Session } from "./session.ts";
import { type BehindRows, sequencesBehindRows } from "./restarted-sequences.ts";
import { isSameState, readState, type State } from "./state.ts";
import { statementRuns } from "./statement-runs.ts";
import { downVerdict } from "./verdict.ts";

export interface MigrationRun {
  readonly session: Session;
  readonly pair: ScriptPair;
  readonly down: "expected" | "required" | "off";
  /** Before up. */
  readonly before: State;
  /** Whether the tables were filled: a new release then writes rows, too. */
  readonly hasRows: boolean;
  /** Nothing more is run on this database. */
  readonly isLast: boolean;
  /** Statements of the release before. */
  readonly release: readonly ReleaseQuery[];
  /** Statements of the release with it. */
  readonly newRelease: readonly ReleaseQuery[];
  /** Called when the up has run to its end, before anything else runs. */
  readonly onApplied?: () => Promise<void>;
  readonly onStep: (step: "up" | "down" | "up again") => void;
}

export interface MigrationResult {
  readonly verification: Verification;
  /**
   * What the database now holds, where that is what one up leaves behind; absent: it has to be built
   * anew before the next migration.
   */
  readonly state?: State;
  /** What the first up left behind; absent where it failed. */
  readonly after?: State;
}

/** Runs one migration up, down and up again, and tells what each step did. */
export async function verifyMigration(run: MigrationRun): Promise<MigrationResult> {
  const { session, pair, before } = run;
  const watch =
    run.release.length === 0 ? undefined : await ReleaseWatch.start(session, run.release);
  const behind = await sequencesBehindRows(session.database);
  session.context.clock.startMigration();
  run.onStep("up");
  const up = await runStatements(session, pair.up, await session.observer());
  const statements = statementRuns(pair.up, "up", up);
  if (up.error !== undefined) {
    const left = session.alive
      ? difference(before.catalog, (await readState(session)).catalog)
      : [];
    const reason = notAllUndone(left);
    return {
      verification: {
        up: { ...failed(up), difference: left, ...reason },
        down: { verdict: "not-run", difference: [], reason: "up failed" },
        upAgain: notRunAgain("up failed"),
        rows: [],
        statements,
      },
    };
  }
  const after = await readState(session, before);
  await run.onApplied?.();
  const passed = {
    outcome: "passed",
    durationMs: up.durationMs,
    difference: difference(before.catalog, after.catalog),
  } as const;
  const gone = passage(pair.up, up, before, after);
  const survival = survivalOf(gone.fates, gone.causes);
  const release = watch === undefined ? {} : { release: await watch.after(session, pair.up) };
  const seen = { survival, ...release, ...idleIn(run, up, { before, after, fates: gone.fates }) };
  const down = downToRun(pair, run.down);
  if ("verdict" in down) {
    const upAgain = notRunAgain("there was no down to run before it");
    const verification = { up: passed, down, upAgain, rows: [], ...seen, statements };
    return { state: after, after, verification };
  }
  const { verification, state } = await verifyDown({ ...run, behind }, down, after, gone);
  return {
    ...(state === undefined ? {} : { state }),
    after,
    verification: {
      ...verification,
      up: passed,
      ...seen,
      statements: [...statements, ...verification.statements],
    },
  };
}

/** Made up rows are the only ones of which much can be said: without them, most tables are empty. */
function idleIn(
  { pair, hasRows }: MigrationRun,
  { ran }: ScriptOutcome,
  course: ScriptCourse,
): Pick<Verification, "idleStatements"> {
  const found = hasRows ? idleStatements(pair.up, ran, course) : [];
  return found.length === 0 ? {} : { idleStatements: found };
}

type DownVerification = Omit<Verification, "up">;

interface DownRun extends MigrationRun {
  /** Before up. */
  readonly behind: BehindRows;
}

/** Down, and up again, from the state after up. */
async function verifyDown(
  run: DownRun,
  script: ScriptRun,
  after: State,
  gone: Passage,
): Promise<{ verification: DownVerification; state?: State }> {
  const { session, before } = run;
  const watch =
    run.newRelease.length === 0 ? undefined : await ReleaseWatch.start(session, run.newRelease);
  run.onStep("down");
  const down = await runStatements(session, script, await session.observer());
  const statements = statementRuns(script, "down", down);
  const { durationMs } = down;
  if (down.error !== undefined) {
    const left = session.alive ? difference(after.catalog, (await readState(session)).catalog) : [];
    const { error } = down;
    return {
      verification: {
        down: { verdict: "fails", difference: left, error, durationMs, ...notAllUndone(left) },
        upAgain: notRunAgain("down failed"),
        rows: [],
        statements,
      },
    };
  }
  const undone = await readState(session, after);
  const newRelease = watch === undefined ? {} : { newRelease: await watch.after(session, script) };
  const remaining = await notRestored(run, undone);
  const rows = rowsNotRestored(compareRows(before.rows, undone.rows), (fate) =>
    causesOfRest(fate, gone, () => passage(script, down, after, undone)),
  );
  const downWrites = (fate: RowsFate): boolean =>
    new LossCauses(script, down.ran, [after.catalog, undone.catalog]).writes(fate);
  const verdict = downVerdict({
    upChanged: !isSameState(before, after),
    downChanged: !isSameState(after, undone),
    difference: remaining,
    rows,
    losesUnseen: losesUnseen(gone.fates, { before, after, undone, downWrites }),
  });
  const restored = verdict === "exact" || verdict === "cosmetic";
  const again = await runAgain(run, after, restored);
  const usual = (): RowsFate[] => compareRows(after.rows, undone.rows);
  const tried =
    restored && again.state !== undefined && run.hasRows
      ? await withNewRelease(run, script, again.state, usual)
      : again;
  return {
    ...(tried.state === undefined ? {} : { state: tried.state }),
    verification: {
      down: { verdict, difference: remaining, durationMs },
      upAgain: again.result,
      rows,
      ...newRelease,
      ...(tried.cautions === undefined ? {} : { cautions: tried.cautions }),
      statements,
    },
  };
}

/** What of the schema is other than before, sequences among it that start over where rows are. */
async function notRestored(
  { session, before, behind }: DownRun,
  undone: State,
): Promise<readonly SchemaChange[]> {
  const restarted = [...(await sequencesBehindRows(session.database))]
    .filter(([name]) => !behind.has(name))
    .map(([, change]) => change);
  return [...difference(before.catalog, undone.catalog), ...restarted];
}

/** What a script that ran to its end made of the rows, and which of its statements did it. */
function passage(script: ScriptRun, { ran }: ScriptOutcome, from: State, to: State): Passage {
  return {
    fates: compareRows(from.rows, to.rows),
    causes: new LossCauses(script, ran, [from.catalog, to.catalog]),
  };
}

interface Tried {
  readonly state?: State;
  readonly cautions?: readonly Caution[];
}

/** The down once more, on rows that a new release wrote; and up, where more is to be run. */
async function withNewRelease(
  run: MigrationRun,
  script: ScriptRun,
  after: State,
  usual: () => readonly RowsFate[],
): Promise<Tried> {
  const { session, pair, before, isLast } = run;
  const runDown = (): Promise<ScriptOutcome> => runStatements(session, script);
  const cautions = await tryNewRelease({ session, before, after, usual, runDown });
  if (cautions === undefined) return { state: after };
  const told = cautions.length === 0 ? {} : { cautions };
  const isDone = cautions.every(({ error: stopped }) => stopped === undefined);
  if (isLast || !isDone || !session.alive) return told;
  const { error } = await runStatements(session, pair.up);
  if (error !== undefined) return told;
  const state = await readState(session, after);
  return difference(after.catalog, state.catalog).length === 0 ? { ...told, state } : told;
}

async function runAgain(
  { session, pair, onStep }: MigrationRun,
  after: State,
  restored: boolean,
): Promise<Tried & { result: Verification["upAgain"] }> {
  onStep("up again");
  const again = await runStatements(session, pair.upAgain ?? pair.up);
  if (again.error !== undefined) return { result: { ...failed(again), difference: [] } };
  const state = await readState(session, after);
  const other = difference(after.catalog, state.catalog);
  const { durationMs } = again;
  if (isSemantic(other)) {
    const reason = "it gave another schema than the first time";
    return { result: { outcome: "failed", difference: other, durationMs, reason } };
  }
  const result = { outcome: "passed", difference: other, durationMs } as const;
  // After a down that restored everything, other values come from clocks and random functions only.
  const same = restored ? other.length === 0 : isSameState(after, state);
  return same ? { result, state } : { result };
}

function runStatements(
  session: Session,
  run: ScriptRun,
  observer?: LockObserver,
): Promise<ScriptOutcome> {
  const allow = (): Allowance => session.context.clock.forStatement();
  return runScript(session, run, { allow, ...(observer === undefined ? {} : { observer }) });
}

function failed({ error, durationMs }: ScriptOutcome): StepResult {
  return { outcome: "failed", durationMs, ...(error === undefined ? {} : { error }) };
}

function notRunAgain(reason: string): Verification["upAgain"] {
  return { outcome: "not-run", difference: [], reason };
}

/** Without a transaction around them, the statements before the failed one stay. */
function notAllUndone(left: readonly SchemaChange[]): { reason?: string } {
  return left.length === 0
    ? {}
    : { reason: "what ran before the error stays: nothing rolled it back" };
}
