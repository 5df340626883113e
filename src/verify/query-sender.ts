import type { Statement } from "../core/statement.ts";
import type { Allowance } from "./clock.ts";
import type { BatchFailure } from "./database.ts";
import type { LockObserver, Observation } from "./lock-observer.ts";
import { canBeObserved, isSameInTransaction } from "./observable.ts";
import type { Query, ScriptPlan } from "./queries.ts";
import type { Session } from "./session.ts";

/** A query that was sent to its end. */
export interface QueryRun {
  readonly query: Query;
  readonly durationMs: number;
  /** Absent where the query could not be watched. */
  readonly observation?: Observation;
}

/** What came of some queries: those that ran, and why the next one did not. */
interface Sent {
  readonly ran: readonly QueryRun[];
  readonly failure?: BatchFailure;
}

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
  ): Promise<{ failure: BatchFailure; query: number } | undefined> {
    if (this.#isTransaction) await this.#observer?.beforeTransaction();
    let next = start;
    for (const queries of this.#groups(start)) {
      const sent = await this.#sendGroup(queries);
      ran.push(...sent.ran);
      next += sent.ran.length;
      if (sent.failure !== undefined) return { failure: sent.failure, query: next };
    }
    return undefined;
  }

  /**
   * Queries that go to the database together: one that can be watched, and those before it that
   * cannot. SET TRANSACTION has to come before any query, also before one of ours.
   */
  #groups(start: number): Query[][] {
    const groups: Query[][] = [[]];
    for (const query of this.#plan.queries.slice(start)) {
      groups.at(-1)?.push(query);
      if (this.#isSeen(query)) groups.push([]);
    }
    return groups.filter((group) => group.length > 0);
  }

  async #sendGroup(queries: readonly Query[]): Promise<Sent> {
    const last = queries.at(-1);
    if (last === undefined || !this.#isSeen(last)) return this.#send(queries);
    if (this.#isAutocommit && this.#statements(last).every(isSameInTransaction)) {
      const before = await this.#send(queries.slice(0, -1));
      if (before.failure !== undefined) return before;
      const alone = await this.#sendAlone(last);
      return { ...alone, ran: [...before.ran, ...alone.ran] };
    }
    const sent = await this.#send(queries);
    return sent.failure === undefined && this.#isTransaction ? this.#withObservation(sent) : sent;
  }

  async #send(queries: readonly Query[]): Promise<Sent> {
    if (queries.length === 0) return { ran: [] };
    const { durations, failure } = await this.#session.send(
      queries.map(({ text }) => text),
      this.#allow(),
    );
    const ran = queries
      .slice(0, failure?.query)
      .map((query, at): QueryRun => ({ query, durationMs: durations[at] ?? 0 }));
    return { ran, ...(failure === undefined ? {} : { failure }) };
  }

  /** A statement that commits by itself, in a transaction of its own, which it can be watched in. */
  async #sendAlone(query: Query): Promise<Sent> {
    await this.#observer?.beforeTransaction();
    const begin: Query = { text: "BEGIN", statements: [] };
    const sent = await this.#send([begin, query]);
    const ran = sent.ran.slice(1);
    if (sent.failure !== undefined) return { ran, failure: sent.failure };
    const observed = await this.#withObservation({ ran });
    // A deferred constraint speaks up here.
    const { failure } = await this.#session.send(["COMMIT"], this.#allow());
    return failure === undefined ? observed : { ran: [], failure };
  }

  /** With what the last of the queries was seen to do. */
  async #withObservation({ ran }: Sent): Promise<Sent> {
    const last = ran.at(-1);
    if (this.#observer === undefined || last === undefined) return { ran };
    const kinds = this.#statements(last.query).flatMap(({ operations }) =>
      operations.map(({ kind }) => kind),
    );
    const observation = await this.#observer.afterStatement(kinds.includes("truncate"));
    return { ran: [...ran.slice(0, -1), { ...last, observation }] };
  }

  #isSeen(query: Query): boolean {
    return this.#statements(query).some(canBeObserved);
  }

  #statements({ statements }: Query): Statement[] {
    return statements.flatMap((index) => this.#plan.run.script.statements[index] ?? []);
  }
}
