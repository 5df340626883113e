import type { EngineDescription } from "../core/verification.ts";
import { DatabaseGone } from "../verify/database.ts";
import { RunEnded } from "../verify/run-ended.ts";
import type {
  Answer,
  Batch,
  BatchFailure,
  BatchResult,
  Database,
  KeptState,
  OtherSession,
  ProjectProgram,
  RunningProgram,
} from "../verify/database.ts";
import type { PostgresSession } from "./postgres-session.ts";
import { Turn } from "./turn.ts";
import type { WireReply } from "./wire-reply.ts";

/** The clock for a query of ours, which asks the catalog. */
const QUERY_TIMEOUT_MS = 60_000;
/** The clock for what another session asks, which it asks many times. */
const ASK_TIMEOUT_MS = 5_000;

/** What a database needs of the server that it lives on. */
export interface DatabaseHost {
  /** Ends the session on the server, whatever it is doing, and removes the database. */
  remove(): Promise<void>;
  /** Makes a role that production has, for the migrations' own role may not be allowed to. */
  createRole(name: string): Promise<boolean>;
  /** Opens a session as the migrations' role. Throws when it cannot. */
  connect(): Promise<PostgresSession>;
  /** Starts a program of the project beside the server; absent where the server is not ours. */
  launch?(program: ProjectProgram): Promise<RunningProgram>;
  /** What the database was opened with; absent: nothing. */
  readonly kept?: KeptState | undefined;
  /** Keeps the whole server's files for later ones; absent where none may be kept. */
  keep?(state: KeptState): Promise<void>;
  /** Why the server was ended before it was asked to; absent where nobody but itself ends it. */
  endedBecause?(): string | undefined;
}

/**
 * Whether a start from its files would not give the same: tables that no log protects are empty then,
 * and what is set for a database or a role counts from the next session on.
 */
const IS_OTHER_LATER = `SELECT (SELECT count(*) FROM pg_catalog.pg_class WHERE relpersistence = 'u')
  + (SELECT count(*) FROM pg_catalog.pg_db_role_setting)`;

/** One session on a real server, in a database that is removed on close. */
export class PostgresDatabase implements Database {
  readonly engine: EngineDescription;
  readonly #session: PostgresSession;
  readonly #host: DatabaseHost;
  readonly #others = new Set<OnlookingSession>();
  readonly #programs: RunningProgram[] = [];
  readonly launch?: NonNullable<Database["launch"]>;
  readonly kept?: KeptState;
  readonly keep?: NonNullable<Database["keep"]>;
  #removed: Promise<void> | undefined;
  readonly #turn = new Turn();

  constructor(engine: EngineDescription, session: PostgresSession, host: DatabaseHost) {
    this.engine = engine;
    this.#session = session;
    this.#host = host;
    if (host.kept !== undefined) this.kept = host.kept;
    if (host.keep !== undefined) this.keep = (state) => this.#keep(state);
    if (host.launch !== undefined) {
      this.launch = async (wish) => {
        const program = await host.launch?.(wish);
        if (program === undefined) throw new DatabaseGone();
        this.#programs.push(program);
        return program;
      };
    }
  }

  get alive(): boolean {
    return this.#removed === undefined && this.#session.open;
  }

  async run({ queries, timeoutMs }: Batch): Promise<BatchResult> {
    return this.#turn.take(this, async () => {
      const durations: number[] = [];
      for (const [query, sql] of queries.entries()) {
        const start = performance.now();
        const reply = await this.#session.send(sql, { timeoutMs, keepRows: false });
        const failure = await this.#failure(reply, timeoutMs);
        if (failure !== undefined) {
          return { completed: query, durations, failure: { ...failure, query } };
        }
        durations.push(performance.now() - start);
      }
      return { completed: durations.length, durations };
    });
  }

  async query(sql: string): Promise<readonly (readonly (string | null)[])[]> {
    return this.#turn.take(this, async () => {
      const reply = await this.#session.send(sql, { timeoutMs: QUERY_TIMEOUT_MS, keepRows: true });
      const failure = await this.#failure(reply, QUERY_TIMEOUT_MS);
      if (failure === undefined && reply !== "timeout" && !reply.overflow) return reply.rows;
      const reason = failure?.error.message ?? "the answer is too large";
      // Whoever ended the server, it was not this query.
      if (failure !== undefined && failure.cause !== "sql") throw new RunEnded(reason);
      throw new Error(`a query of ours failed: ${reason}\n${sql}`);
    });
  }

  async createRole(name: string): Promise<boolean> {
    return this.#host.createRole(name);
  }

  async connect(): Promise<OtherSession | undefined> {
    if (!this.alive) return undefined;
    try {
      const other = new OnlookingSession(await this.#host.connect());
      this.#others.add(other);
      return other;
    } catch {
      // A migration may have taken the right to connect, or every connection there is.
      return undefined;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#removed ??= this.#remove();
    await this.#removed;
  }

  /** Why a query failed, if it did; afterwards the database lives only if SQL alone failed. */
  async #failure(
    reply: WireReply | "timeout",
    timeoutMs: number,
  ): Promise<Omit<BatchFailure, "query"> | undefined> {
    if (reply === "timeout") {
      await this[Symbol.asyncDispose]();
      const message = `it ran longer than ${timeoutMs} ms and was ended`;
      return { cause: "timeout", error: { message } };
    }
    if (reply.status === undefined) {
      await this[Symbol.asyncDispose]();
      const reason =
        this.#host.endedBecause?.() ?? reply.error?.message ?? "the server closed the connection";
      return { cause: "crash", error: { ...reply.error, message: `the session ended: ${reason}` } };
    }
    return reply.error === undefined ? undefined : { cause: "sql", error: reply.error };
  }

  async #keep(state: KeptState): Promise<void> {
    if (!this.alive) return;
    const [others] = await this.query(IS_OTHER_LATER);
    if (others?.[0] === "0") await this.#turn.take(this, async () => this.#host.keep?.(state));
  }

  async #remove(): Promise<void> {
    this.#session.close();
    for (const other of this.#others) other.close();
    for (const program of this.#programs) await program[Symbol.asyncDispose]();
    await this.#host.remove();
  }
}

class OnlookingSession implements OtherSession {
  readonly #session: PostgresSession;
  #last: Promise<unknown> = Promise.resolve();

  constructor(session: PostgresSession) {
    this.#session = session;
  }

  async ask(sql: string): Promise<Answer | undefined> {
    const answer = this.#last.then(() => this.#send(sql));
    this.#last = answer;
    return answer;
  }

  close(): void {
    this.#session.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  async #send(sql: string): Promise<Answer | undefined> {
    if (!this.#session.open) return undefined;
    const reply = await this.#session.send(sql, { timeoutMs: ASK_TIMEOUT_MS, keepRows: true });
    if (reply === "timeout" || reply.status === undefined) {
      this.close();
      return undefined;
    }
    return reply.error === undefined ? { rows: reply.rows } : { code: reply.error.code ?? "" };
  }
}
