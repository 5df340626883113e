import type { Observation } from "../core/observation.ts";
import type { Statement } from "../core/statement.ts";
import type { Allowance } from "./clock.ts";
import type { BatchFailure } from "./database.ts";
import type { RowChanges } from "./observation/look.ts";
import type { LockObserver, Watched } from "./observation/lock-observer.ts";
import { canBeObserved, isRowStatement, isSameInTransaction } from "./observation/observable.ts";
import { relationsToWaitFor } from "./observation/tables-to-read.ts";
import type { Query, ScriptPlan } from "./queries.ts";
import type { Session } from "./session.ts";

/** A query that was sent to its end. */
export interface QueryRun {
  readonly query: Query;
  /** Without the time that it waited for a reader of ours. */
  readonly durationMs: number;
  /** Which transaction of the script it ran in; absent where that is not known. */
  readonly transaction?: number;
  /** How long the COMMIT took that ended a transaction of its own. */
  readonly commitMs?: number;
  /** Absent where the query could not be watched. */
  readonly observation?: Observation;
  /** Whose rows it changed, by the table's oid; absent where nobody counted. */
  readonly changes?: ReadonlyMap<string, RowChanges>;
}

/** Why a query did not run to its end. */
interface Failed {
  readonly failure: BatchFailure;
  /** How long it ran before it failed, or before the clock ended it. */
  readonly failedAfterMs: number;
}

/** What came of some queries: those that ran, and why the next one did not. */
type Sent = { readonly ran: readonly QueryRun[] } & (Failed | { readonly failure?: never });

/** Row statements of a script that are watched one by one; a script of data may hold thousands. */
const MOST_WATCHED_ROW_STATEMENTS = 200;
/** Queries that go to the database at once: between them the clock is looked at. */
const BATCH = 40;

/** SQLSTATEs with which lock_timeout and the other timeouts end a statement. */
const LOST_PATIENCE = new Set(["55P03", "57014", "25P04"]);

/** Sends the queries of one script, one after the other, and watches those that run in a transaction. */
export class QuerySender {
  readonly #session: Session;
  readonly #plan: ScriptPlan;
  readonly #allow: () => Allowance;
  readonly #observer: LockObserver | undefined;
  /** The whole script is one transaction of several queries. */
  readonly #isTransaction: boolean;
  /** Nothing but PostgreSQL opens a transaction, one for each query, and somebody watches. */
  readonly #isAutocommit: boolean;
  #transactions = 0;
  #interfered = false;

  constructor(
    session: Session,
    plan: ScriptPlan,
    allow: () => Allowance,
    observer: LockObserver | undefined,
  ) {
    this.#session = session;
    this.#plan = plan;
    this.#allow = allow;
    this.#observer = observer;
    this.#isTransaction = plan.atomic && plan.queries.length > 1;
    this.#isAutocommit =
      observer !== undefined &&
      plan.queries.every(({ span }) => span !== undefined) &&
      plan.run.script.statements.every(({ kind }) => kind !== "TransactionStmt");
  }

  /** From the query of this index on; tells the one that failed. What ran is added to `ran`. */
  async sendAll(
    start: number,
    ran: QueryRun[],
  ): Promise<(Failed & { readonly query: number }) | undefined> {
    if (this.#isTransaction) await this.#observer?.beforeTransaction();
    let next = start;
    for (const queries of this.#groups(start)) {
      const sent = await this.#sendGroup(queries);
      ran.push(...sent.ran);
      next += sent.ran.length;
      if (sent.failure !== undefined) {
        return { failure: sent.failure, failedAfterMs: sent.failedAfterMs, query: next };
      }
    }
    return undefined;
  }

  /** The last failure may be that a statement lost its patience behind a reader of ours. */
  get interfered(): boolean {
    return this.#interfered;
  }

  /**
   * Queries that go to the database together: one that is watched, and those before it that cannot
   * be. SET TRANSACTION has to come before any query, also before one of ours. Of many row
   * statements the last in a group is watched, for all of them.
   */
  #groups(start: number): Query[][] {
    const groups: Query[][] = [];
    let group: Query[] = [];
    const close = (): void => {
      if (group.length > 0) groups.push(group);
      group = [];
    };
    let rows = 0;
    let isCrowd = false;
    for (const query of this.#plan.queries.slice(start)) {
      if (this.#changesRows(query)) rows += 1;
      const isOfMany = this.#changesRows(query) && rows > MOST_WATCHED_ROW_STATEMENTS;
      // What these locked is not told of another statement.
      if (isCrowd && !isOfMany) close();
      isCrowd = isOfMany;
      group.push(query);
      const isWatched = this.#isWatching && this.#isSeen(query) && !isOfMany;
      if (isWatched || ((isOfMany || !this.#isWatching) && group.length >= BATCH)) close();
    }
    close();
    return groups;
  }

  async #sendGroup(queries: readonly Query[]): Promise<Sent> {
    const last = queries.at(-1);
    if (last === undefined || !this.#isWatching || !this.#isSeen(last)) return this.#send(queries);
    const others = queries.slice(0, -1);
    const before = await this.#send(others);
    if (before.failure !== undefined) return before;
    if (others.some((query) => this.#isSeen(query))) this.#observer?.forget();
    const sent = await this.#sendWatched(last);
    return { ...sent, ran: [...before.ran, ...sent.ran] };
  }

  async #sendWatched(query: Query): Promise<Sent> {
    if (this.#isTransaction) return this.#sendInTransaction(query);
    return this.#statements(query).every(isSameInTransaction)
      ? this.#sendAlone(query)
      : this.#sendUntouched(query);
  }

  async #send(queries: readonly Query[]): Promise<Sent> {
    if (queries.length === 0) return { ran: [] };
    const startedAt = performance.now();
    const { durations, failure } = await this.#session.send(
      queries.map(({ text }) => text),
      this.#allow(),
    );
    const ran = queries.slice(0, failure?.query).map((query, at): QueryRun => ({
      query,
      durationMs: durations[at] ?? 0,
      ...(this.#isTransaction ? { transaction: 0 } : {}),
    }));
    if (failure === undefined) return { ran };
    const before = ran.reduce((sum, { durationMs }) => sum + durationMs, 0);
    const failedAfterMs = Math.max(0, performance.now() - startedAt - before);
    return { ran, failure, failedAfterMs };
  }

  /** A statement that commits by itself, in a transaction of its own, which it can be watched in. */
  async #sendAlone(query: Query): Promise<Sent> {
    await this.#observer?.beforeTransaction();
    const begun = await this.#send([{ text: "BEGIN", statements: [] }]);
    if (begun.failure !== undefined) return { ...begun, ran: [] };
    const sent = await this.#sendInTransaction(query);
    if (sent.failure !== undefined) return sent;
    // A deferred constraint speaks up here.
    const end = await this.#send([{ text: "COMMIT", statements: [] }]);
    if (end.failure !== undefined) return { ...end, ran: [] };
    const commitMs = end.ran[0]?.durationMs ?? 0;
    this.#transactions += 1;
    const transaction = this.#transactions;
    return { ran: sent.ran.map((one): QueryRun => ({ ...one, transaction, commitMs })) };
  }

  /** A statement of an open transaction. */
  async #sendInTransaction(query: Query): Promise<Sent> {
    const observer = this.#observer;
    if (observer === undefined) return this.#send([query]);
    const statements = this.#statements(query);
    const watched = await observer.run(statements.flatMap(relationsToWaitFor), () =>
      this.#send([query]),
    );
    const sent = this.#withoutWaiting(watched);
    if (sent.failure !== undefined) return sent;
    const truncates = statements.some(({ operations }) =>
      operations.some(({ kind }) => kind === "truncate"),
    );
    const { observation, changes } = await observer.afterStatement(truncates, watched.seen);
    const told = changes === undefined ? { observation } : { observation, changes };
    return { ran: sent.ran.map((one) => ({ ...one, ...told })) };
  }

  /** A statement that cannot run in a transaction of ours. */
  async #sendUntouched(query: Query): Promise<Sent> {
    const names = this.#statements(query).flatMap(relationsToWaitFor);
    if (this.#observer === undefined || names.length === 0) return this.#send([query]);
    const watched = await this.#observer.runAlone(names, () => this.#send([query]));
    const sent = this.#withoutWaiting(watched);
    const { observation } = watched;
    if (sent.failure !== undefined || observation === undefined) return sent;
    this.#transactions += 1;
    const transaction = this.#transactions;
    return { ran: sent.ran.map((one) => ({ ...one, transaction, observation })) };
  }

  /** What our reader cost is not the statement's time, and where it cost too much, not its failure. */
  #withoutWaiting({ result, seen }: Watched<Sent>): Sent {
    if (seen === undefined) return result;
    if (result.failure !== undefined) {
      this.#interfered = LOST_PATIENCE.has(result.failure.error.code ?? "");
      return result;
    }
    const waited = (ms: number): number => Math.max(0, ms - seen.waitedMs);
    return { ran: result.ran.map((one) => ({ ...one, durationMs: waited(one.durationMs) })) };
  }

  /** Whether locks can be seen at all: somebody watches, and it is known where a transaction ends. */
  get #isWatching(): boolean {
    return this.#observer !== undefined && (this.#isTransaction || this.#isAutocommit);
  }

  #changesRows(query: Query): boolean {
    const statements = this.#statements(query);
    return statements.length > 0 && statements.every(isRowStatement);
  }

  #isSeen(query: Query): boolean {
    return this.#statements(query).some(canBeObserved);
  }

  #statements({ statements }: Query): Statement[] {
    return statements.flatMap((index) => this.#plan.run.script.statements[index] ?? []);
  }
}
