import { OutOfTime, type Allowance, type Clock } from "./clock.ts";
import { creation, missingObject, statementsAbout, type MissingObject } from "./missing-object.ts";
import type { BatchFailure, Database, Engine } from "./database.ts";
import { keptBase } from "./kept-base.ts";
import type { ScriptRun } from "./script-run.ts";
import { NOTHING, type LeftOut } from "./queries.ts";
import { LockObserver } from "./observation/lock-observer.ts";
import { openOnlookers, type Onlookers } from "./observation/onlookers.ts";
import { bringsCode, leavesNoTrace } from "./session-effects.ts";
import { refusalOf, withoutSuperuser, type Refusals } from "./superuser-statements.ts";

/** What was made or left out so that scripts could run. */
export interface Provisions {
  /** By the statement that makes it. */
  readonly made: Map<string, MissingObject>;
  /** Extensions that the engine has not, by name, with the path that asked first. */
  readonly extensions: Map<string, { readonly path: string; readonly reason: string }>;
}

export interface SessionContext {
  readonly clock: Clock;
  /** Kept over several databases of one run. */
  readonly provisions: Provisions;
  /** Scripts that hold statements which the session's role is refused, kept in the same way. */
  readonly refusals: Refusals;
  /** Roles that some migration creates: one of these that is missing is the migration's fault. */
  readonly createdRoles: ReadonlySet<string>;
  /** What every new session has set; absent: nothing. */
  readonly sessionStart?: string;
}

/** The one session with a throwaway database. */
export class Session implements AsyncDisposable {
  readonly database: Database;
  readonly context: SessionContext;
  readonly #user: string;
  #onlookers: Promise<Onlookers | undefined> | undefined;
  /** Whether functions of a script may run inside of other statements; they can change the session. */
  #holdsCode = false;

  private constructor(database: Database, context: SessionContext, user: string) {
    this.database = database;
    this.context = context;
    this.#user = user;
  }

  /** `keys`: what the database may hold. Throws UserError when the engine cannot be used here. */
  static async open(
    engine: Engine,
    context: SessionContext,
    keys: readonly string[] = [],
  ): Promise<Session> {
    const database = await engine.open(undefined, keys);
    try {
      return await Session.#begin(database, context);
    } catch (error) {
      // One that died meanwhile is still to be removed.
      await database[Symbol.asyncDispose]();
      throw error;
    }
  }

  static async #begin(database: Database, context: SessionContext): Promise<Session> {
    const rows = await database.query("SELECT session_user::text");
    const session = new Session(database, context, rows[0]?.[0] ?? "");
    const { kept } = database;
    // What is kept was prepared in another session.
    if (kept !== undefined && context.sessionStart !== undefined) await session.reset();
    const present = kept === undefined ? undefined : keptBase(kept).provisions.made;
    for (const [statement, missing] of context.provisions.made) {
      if (present?.has(statement) !== true) await session.#make(missing, statement);
    }
    return session;
  }

  get alive(): boolean {
    return this.database.alive;
  }

  /** Somebody to watch one script. */
  async observer(): Promise<LockObserver> {
    this.#onlookers ??= openOnlookers(this.database);
    return new LockObserver(this.database, await this.#onlookers);
  }

  /** Whether somebody watched and was shut out: a migration may end every session of its own role. */
  async isUnwatched(): Promise<boolean> {
    const onlookers = await this.#onlookers;
    if (!this.alive || this.#onlookers === undefined || this.database.connect === undefined) {
      return false;
    }
    if (onlookers === undefined) return true;
    const answers = await Promise.all([
      onlookers.reader.ask("SELECT"),
      onlookers.prober.ask("SELECT"),
    ]);
    return answers.includes(undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const onlookers = await this.#onlookers;
    await onlookers?.reader[Symbol.asyncDispose]();
    await onlookers?.prober[Symbol.asyncDispose]();
    await this.database[Symbol.asyncDispose]();
  }

  /** Sends query strings until one fails. Throws OutOfTime when it is the whole run that takes too long. */
  async send(
    queries: readonly string[],
    { ms, limit }: Allowance,
  ): Promise<{ durations: readonly number[]; failure?: BatchFailure }> {
    const timeoutMs = Math.ceil(ms);
    const { durations, failure } =
      timeoutMs > 0
        ? await this.database.run({ queries, timeoutMs })
        : {
            durations: [],
            failure: { query: 0, cause: "timeout", error: { message: "" } } as const,
          };
    if (failure === undefined) return { durations };
    if (failure.cause !== "timeout") return { durations, failure };
    const message = this.context.clock.exceeded(limit);
    if (limit === "totalMs") throw new OutOfTime(message);
    return { durations, failure: { ...failure, error: { message } } };
  }

  /**
   * The queries after which the session is as a new one, which is what a runner gives the next
   * migration: no open transaction, settings, temporary tables or role of this script. Without a
   * script, of any.
   */
  resetQueries(run: ScriptRun | undefined, failed: boolean): string[] {
    const text = run?.source.text ?? "";
    const queries: string[] = [];
    if (failed || run === undefined || mayLeaveTransaction(run)) queries.push("ROLLBACK");
    // RESET SESSION AUTHORIZATION does not lead back where the session did not begin with a login.
    if (run === undefined || /authorization/i.test(text)) {
      queries.push(`SET SESSION AUTHORIZATION ${quote(this.#user)}`);
    }
    if (run === undefined || /prepare/i.test(text)) queries.push("DEALLOCATE ALL");
    const { sessionStart } = this.context;
    queries.push(sessionStart === undefined ? RESET : `${RESET}; ${sessionStart}`);
    return queries;
  }

  /** The same after a script that ran through; none where it cannot have left anything behind. */
  queriesAfter(run: ScriptRun): string[] {
    this.#holdsCode ||= bringsCode(run);
    return this.#holdsCode || !leavesNoTrace(run) ? this.resetQueries(run, false) : [];
  }

  /** After a script, whatever became of it; nothing when the database is gone. */
  async reset(run?: ScriptRun): Promise<void> {
    this.#holdsCode ||= run === undefined || bringsCode(run);
    if (!this.alive) return;
    const { failure } = await this.database.run({
      queries: this.resetQueries(run, true),
      timeoutMs: RESET_TIMEOUT_MS,
    });
    if (failure?.cause === "sql") {
      throw new Error(`the session could not be reset: ${failure.error.message}`);
    }
  }

  /**
   * The statements of a script that are not sent: those that were done, those about an extension that
   * is not there, and those that the session's role is refused and that leave nothing behind.
   */
  leftOut(run: ScriptRun): LeftOut {
    const missing = new Set(this.context.provisions.extensions.keys());
    const done = [...(run.done ?? []), ...statementsAbout(missing, run.script)];
    const refused = this.context.refusals.has(run.source.path)
      ? withoutSuperuser(run.script)
      : new Map<number, string>();
    return new Map([...refused, ...done.map((index) => [index, NOTHING] as const)]);
  }

  /**
   * Makes what a script needs and only production has, or leaves out what this engine cannot have.
   * `failed`: the indexes of the statements that were sent. False when that does not explain the
   * failure. The session is to be reset before.
   */
  async provide(
    failure: BatchFailure,
    run: ScriptRun,
    failed: readonly number[],
  ): Promise<boolean> {
    const { refusals } = this.context;
    const refusal = refusals.has(run.source.path)
      ? undefined
      : refusalOf(run, failed, failure.error);
    if (refusal !== undefined) {
      refusals.set(run.source.path, refusal);
      return true;
    }
    const missing = failure.cause === "sql" ? missingObject(failure.error) : undefined;
    if (missing === undefined) return false;
    const { made, extensions } = this.context.provisions;
    const { kind, name } = missing;
    const statement = creation(missing);
    if (statement === undefined) {
      if (extensions.has(name)) return false;
      extensions.set(name, { path: run.source.path, reason: failure.error.message });
      // Only a statement about the extension itself can be left out.
      return statementsAbout(new Set([name]), run.script).size > 0;
    }
    if (made.has(statement) || (kind === "role" && this.context.createdRoles.has(name)))
      return false;
    made.set(statement, missing);
    return this.#make(missing, statement);
  }

  /** Makes a role that production has. False where none is made. */
  async makeRole(name: string): Promise<boolean> {
    const role: MissingObject = { kind: "role", name };
    return this.#make(role, creation(role) ?? "");
  }

  async #make({ kind, name }: MissingObject, statement: string): Promise<boolean> {
    if (kind === "role" && this.database.createRole !== undefined) {
      return this.database.createRole(name);
    }
    const batch = { queries: [statement], timeoutMs: RESET_TIMEOUT_MS };
    const { failure } = await this.database.run(batch);
    return failure === undefined;
  }
}

// DISCARD ALL but for the plans, of which ours are to stay.
const RESET =
  "RESET ROLE; RESET ALL; CLOSE ALL; UNLISTEN *; SELECT pg_catalog.pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES";

/** For statements of ours, which do next to nothing. */
const RESET_TIMEOUT_MS = 30_000;

function mayLeaveTransaction({ script }: ScriptRun): boolean {
  return (
    script.unparsed.length > 0 || script.statements.some((one) => one.kind === "TransactionStmt")
  );
}

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
