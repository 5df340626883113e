import type { DatabaseError, EngineDescription } from "../core/verification.ts";
import { RunEnded } from "./run-ended.ts";

/** Query strings that are sent one after the other, each as one simple query. */
export interface Batch {
  /** Each is sent as it is; several statements in one are one implicit transaction. */
  readonly queries: readonly string[];
  /** The clock for each of them, in ms; past it the database is killed. */
  readonly timeoutMs: number;
}

/** Where a batch stopped. */
export interface BatchFailure {
  /** Index of the query in the batch. */
  readonly query: number;
  readonly error: DatabaseError & {
    /** 0-based offset into the query string, in code points, where the server told one. */
    readonly offset?: number;
  };
  /**
   * `sql`: the server refused the statement and lives. `timeout`: it ran past the clock and the
   * database was killed. `crash`: the database died or no longer answers truthfully.
   */
  readonly cause: "sql" | "timeout" | "crash";
}

export interface BatchResult {
  /** How many queries ended without an error. */
  readonly completed: number;
  readonly failure?: BatchFailure;
  /** ms for each completed query. */
  readonly durations: readonly number[];
}

/** What a session answers to one query string: rows as text or null, or why it refused. */
export type Answer =
  { readonly rows: readonly (readonly (string | null)[])[] } | { readonly code: string };

/** A further session with a throwaway database, which looks at what the first one does. */
export interface OtherSession extends AsyncDisposable {
  /** Never throws for what SQL did; undefined once the session is closed, which a migration can do. */
  ask(sql: string): Promise<Answer | undefined>;
}

/** A database was asked something after it had ended, for whatever reason: nothing of it is known. */
export class DatabaseGone extends RunEnded {
  constructor() {
    super("the database is gone");
    this.name = "DatabaseGone";
  }
}

/** What a database held when it was kept for later ones. */
export interface KeptState {
  /** Names all that decides about it. */
  readonly key: string;
  /** What whoever kept it wants to know of it again: values without functions or classes of ours. */
  readonly memo: unknown;
}

/** A throwaway database. It is gone after `close`, whatever state it was in. */
export interface Database extends AsyncDisposable {
  readonly engine: EngineDescription;
  /** Never throws for what SQL did; throws when called after a timeout or a crash. */
  run(batch: Batch): Promise<BatchResult>;
  /**
   * Rows of a query of ours, every value as text or null; statements that give no rows may stand
   * before it in the same string. Throws a plain Error when the query fails: it is ours, so that is
   * a bug; RunEnded when the database ends meanwhile.
   */
  query(sql: string): Promise<readonly (readonly (string | null)[])[]>;
  /** False after a timeout or a crash. */
  readonly alive: boolean;
  /** What it was opened with; absent: nothing. */
  readonly kept?: KeptState;
  /**
   * Keeps what it holds for databases that are opened later. Nothing happens where nothing may be kept
   * or where a later one would not be the same; to be called outside of a transaction.
   */
  keep?(state: KeptState): Promise<void>;
  /**
   * Where the session's role is no superuser: makes a role that production has, which the session's
   * own may not be allowed to. False where none is made.
   */
  createRole?(name: string): Promise<boolean>;
  /**
   * Opens a further session as the same role; it is closed with the database. Absent where the
   * engine has one session only; undefined where none can be opened, which a migration can bring about.
   */
  connect?(): Promise<OtherSession | undefined>;
  /**
   * Starts a program of the project, which works on this database, in the same isolation as the
   * server; it ends with the database. Absent where the engine has no place for one.
   */
  launch?(program: ProjectProgram): Promise<RunningProgram>;
}

/** A program of the project that migrates a database itself. */
export interface ProjectProgram {
  /** `django`: the command of `manage.py`, to which our runner is given. */
  readonly kind: "django";
  /** The command and its arguments: `python`, `manage.py`. */
  readonly words: readonly string[];
  /** The folder that it runs in, absolute. */
  readonly folder: string;
  /** Folders that it may read besides the system's and its own, absolute. */
  readonly reads: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** A program of the project that runs, and answers one request after the other. */
export interface RunningProgram extends AsyncDisposable {
  /** What of the operating system's isolation it runs without, a sentence each. */
  readonly limits: readonly string[];
  /**
   * Sends a request and gives the text of the answer, which is the project's word and untrusted; or
   * tells why none came: then the program is gone. Never throws.
   */
  ask(request: unknown, timeoutMs: number): Promise<{ readonly answer: string } | ProgramEnd>;
}

/** A program ended before it answered. */
export interface ProgramEnd {
  readonly ended: "timeout" | "died";
  /** What it complained about last; untrusted. */
  readonly complaint: string;
}

/** A way to make throwaway databases. */
export interface Engine {
  /**
   * Starts a database that holds nothing yet. Throws UserError when the engine cannot be used here.
   * After `unwanted` no start has to be finished.
   *
   * `keys`: what it may hold instead, by the keys of what was kept, the best first. Without them it
   * may hold anything that was kept, which then is to be looked at.
   */
  open(unwanted?: AbortSignal, keys?: readonly string[]): Promise<Database>;
  /** Whether something of that was kept. Absent: nothing ever is. */
  holds?(keys: readonly string[]): boolean;
}
