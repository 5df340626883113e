import type { PartialFailure, PartialStep } from "../core/partial-failure.ts";
import { placeIn } from "../core/statement.ts";
import type { Allowance } from "./clock.ts";
import { difference, isSemantic } from "./difference.ts";
import { relationsToWaitFor } from "./observation/tables-to-read.ts";
import { planStatements, type Query, type ScriptPlan } from "./queries.ts";
import type { ScriptRun } from "./script-run.ts";
import { runScript } from "./script-runner.ts";
import type { Session } from "./session.ts";
import { readState, type State } from "./state.ts";

/** A database as it is before the migration. */
export interface Start {
  readonly session: Session;
  readonly before: State;
}

export interface PartialInput {
  readonly up: ScriptRun;
  /** Absent where there is none to run. */
  readonly down?: ScriptRun;
  /** After a whole up. */
  readonly after: State;
  /** Makes a database anew; undefined where that fails. */
  readonly start: () => Promise<Start | undefined>;
}

export interface PartialTrial {
  readonly failures: readonly PartialFailure[];
  /** What of a script was not tried, after its name; absent where all was. */
  readonly untried?: string;
}

interface Stop {
  /** How many queries ran to their end. */
  readonly completed: number;
  /** The next one is ended in the middle. */
  readonly within: boolean;
}

/** Stops that are tried for one migration: each may need a database of its own. */
const MOST_STOPS = 8;
const OWN_TRANSACTIONS = "can stop half way, around its own BEGIN and COMMIT, which was not tried";
/** After this long no further stop is tried. */
const LONGEST_MS = 15_000;

/**
 * Stops an up script that is not one transaction after each of its statements, and within those with
 * CONCURRENTLY where a second session can end them; then runs it again, and runs down instead.
 */
export async function tryPartialFailures(
  input: PartialInput,
  session: Session,
): Promise<PartialTrial> {
  const { up } = input;
  const plan = planStatements(up, session.leftOut(up));
  const isTransaction = plan.atomic && plan.queries.length > 1;
  if (isTransaction) return { failures: [] };
  const controls = up.script.statements.some(({ kind }) => kind === "TransactionStmt");
  if (controls) return { failures: [], ...(plan.atomic ? {} : { untried: OWN_TRANSACTIONS }) };
  const stops = stopsOf(plan);
  const trial = new Trial(input, plan);
  const failures: PartialFailure[] = [];
  const deadline = performance.now() + LONGEST_MS;
  let tried = 0;
  for (const stop of stops.slice(0, MOST_STOPS)) {
    if (performance.now() > deadline) break;
    tried += 1;
    const steps = await trial.stop(stop);
    if (steps !== undefined) failures.push({ ...placeOf(plan, stop), ...steps });
  }
  if (tried === stops.length) return { failures };
  const untried = `can stop half way in ${stops.length} places, of which ${tried} were tried`;
  return { failures, untried };
}

/** Where nothing is open: after each query, and within what builds concurrently. */
function stopsOf({ queries, run }: ScriptPlan): Stop[] {
  const stops: Stop[] = [];
  let isOpen = false;
  for (const [index, query] of queries.entries()) {
    if (isConcurrent(query, run)) stops.push({ completed: index, within: true });
    if (query.span === undefined) isOpen = query.text === "BEGIN";
    const completed = index + 1;
    if (!isOpen && completed < queries.length) stops.push({ completed, within: false });
  }
  return stops;
}

function isConcurrent({ statements }: Query, { script }: ScriptRun): boolean {
  return statements
    .flatMap((index) => script.statements[index]?.operations ?? [])
    .some((operation) => "concurrently" in operation && operation.concurrently);
}

function placeOf(
  { queries, run }: ScriptPlan,
  { completed, within }: Stop,
): Pick<PartialFailure, "line" | "stopped"> {
  const last = within
    ? queries[completed]
    : queries.slice(0, completed).findLast(({ span }) => span !== undefined);
  const { line } = placeIn(run.script, last?.span ?? { start: 0, end: 0 });
  return { line, stopped: within ? "within" : "after" };
}

/** False where it could not be stopped there. */
async function stopAt(
  session: Session,
  { queries, run }: ScriptPlan,
  { completed, within }: Stop,
): Promise<boolean> {
  session.context.clock.startMigration();
  const before = queries.slice(0, completed).map(({ text }) => text);
  const { failure } = await session.send(before, allowance(session));
  const next = queries[completed];
  let isStopped = failure === undefined;
  if (isStopped && within && next !== undefined) {
    const names = next.statements.flatMap((index) => {
      const statement = run.script.statements[index];
      return statement === undefined ? [] : relationsToWaitFor(statement);
    });
    const observer = await session.observer();
    isStopped = await observer.interrupt(names, async () => {
      const sent = await session.send([next.text], allowance(session));
      return sent.failure !== undefined;
    });
  }
  await session.reset(run);
  return isStopped && session.alive;
}

function allowance(session: Session): Allowance {
  return session.context.clock.forStatement();
}

/** The stops of one script, on databases that are used again where that can be done. */
class Trial {
  readonly #input: PartialInput;
  readonly #plan: ScriptPlan;
  #start: Start | undefined;

  constructor(input: PartialInput, plan: ScriptPlan) {
    this.#input = input;
    this.#plan = plan;
  }

  /** Up again, and down instead; undefined where it could not be stopped there. */
  async stop(stop: Stop): Promise<Pick<PartialFailure, "upAgain" | "down"> | undefined> {
    const stopped = await this.#stopAt(stop);
    if (stopped === undefined) return undefined;
    const { up, down, after } = this.#input;
    const { catalog } = await readState(stopped.session);
    const upAgain = await step(stopped.session, up, after);
    if (down === undefined) return { upAgain };
    const isAsStopped =
      upAgain.error !== undefined &&
      stopped.session.alive &&
      difference(catalog, (await readState(stopped.session)).catalog).length === 0;
    // What up went on to do is undone, and the same stop is come to once more.
    if (!isAsStopped) await this.#undo(stopped);
    const again = isAsStopped ? stopped : await this.#stopAt(stop);
    if (again === undefined) return { upAgain };
    return { upAgain, down: await this.#undo(again) };
  }

  /** Runs down; a database that is then as before the migration is used again. */
  async #undo(start: Start): Promise<PartialStep> {
    const { down } = this.#input;
    if (down === undefined || !start.session.alive) return { outcome: "not-run", difference: [] };
    const undone = await step(start.session, down, start.before);
    if (undone.outcome === "passed") this.#start = start;
    return undone;
  }

  async #stopAt(stop: Stop): Promise<Start | undefined> {
    const start = this.#start ?? (await this.#input.start());
    this.#start = undefined;
    if (start === undefined) return undefined;
    return (await stopAt(start.session, this.#plan, stop)) ? start : undefined;
  }
}

/** Runs a script; where it ends, the schema has to be `goal`'s. */
async function step(session: Session, run: ScriptRun, goal: State): Promise<PartialStep> {
  const allow = (): Allowance => session.context.clock.forStatement();
  const { error, durationMs } = await runScript(session, run, { allow });
  if (error !== undefined) return { outcome: "failed", error, durationMs, difference: [] };
  const left = difference(goal.catalog, (await readState(session)).catalog);
  return { outcome: isSemantic(left) ? "failed" : "passed", durationMs, difference: left };
}
