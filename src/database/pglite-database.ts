import type { EngineDescription } from "../core/verification.ts";
import type { Batch, BatchResult, Database, KeptState } from "../verify/database.ts";
import { RunEnded } from "../verify/run-ended.ts";
import type { DatabaseChild } from "./database-child.ts";
import type { SnapshotStore } from "./snapshot-store.ts";
import { Turn } from "./turn.ts";

const SAVE_TIMEOUT_MS = 30_000;
/** The clock for a query of ours, which asks the catalog. */
const QUERY_TIMEOUT_MS = 60_000;

/**
 * Whether a start from its files would not give the same: tables that no log protects are empty then,
 * and what is set for a database or a role counts from the next session on.
 */
const IS_OTHER_LATER = `SELECT (SELECT count(*) FROM pg_catalog.pg_class WHERE relpersistence = 'u')
  + (SELECT count(*) FROM pg_catalog.pg_db_role_setting)
  + (SELECT count(*) FROM pg_catalog.pg_file_settings WHERE sourcefile ~ 'postgresql\\.auto\\.conf$')`;

/** Where it is kept, and what it was opened with. */
interface PgliteKeeping {
  readonly snapshots: SnapshotStore | undefined;
  readonly kept: KeptState | undefined;
}

/** The one session of a child process, which ends with it. */
export class PgliteDatabase implements Database {
  readonly engine: EngineDescription;
  readonly kept?: KeptState;
  readonly keep?: (state: KeptState) => Promise<void>;
  readonly #child: DatabaseChild;
  readonly #turn = new Turn();

  constructor(child: DatabaseChild, engine: EngineDescription, { snapshots, kept }: PgliteKeeping) {
    this.#child = child;
    this.engine = engine;
    if (snapshots?.writes === true) this.keep = (state) => this.#keep(snapshots, state);
    if (kept !== undefined) this.kept = kept;
  }

  async #keep(snapshots: SnapshotStore, state: KeptState): Promise<void> {
    if (!this.alive) return;
    const [others] = await this.query(IS_OTHER_LATER);
    if (others?.[0] !== "0") return;
    await this.#turn.take(this, () =>
      snapshots.keep(state, async (write) => {
        try {
          await this.#child.save(write, SAVE_TIMEOUT_MS);
        } catch (error) {
          // Nobody knows what it would answer next.
          await this.#child.kill();
          throw error;
        }
      }),
    );
  }

  get alive(): boolean {
    return this.#child.alive;
  }

  async run(batch: Batch): Promise<BatchResult> {
    return this.#turn.take(this, async () => {
      this.#child.send({ kind: "run", queries: batch.queries });
      const durations: number[] = [];
      for (;;) {
        const reply = await this.#child.next(batch.timeoutMs);
        if (reply.kind === "ran" && durations.length < batch.queries.length) {
          durations.push(reply.ms);
        } else if (reply.kind === "done" && durations.length === batch.queries.length) {
          return { completed: durations.length, durations };
        } else {
          const { cause, error } = await this.#failure(reply, batch.timeoutMs);
          // A crash that shows only after the last query is the last query's.
          const query = Math.min(durations.length, Math.max(0, batch.queries.length - 1));
          const completed = durations.slice(0, query);
          return { completed: query, durations: completed, failure: { query, cause, error } };
        }
      }
    });
  }

  async query(sql: string): Promise<readonly (readonly (string | null)[])[]> {
    return this.#turn.take(this, async () => {
      this.#child.send({ kind: "query", sql });
      const reply = await this.#child.next(QUERY_TIMEOUT_MS);
      if (reply.kind === "rows") return reply.rows;
      const { error, cause } = await this.#failure(reply, QUERY_TIMEOUT_MS);
      // Whatever ended the process, it was not this query.
      if (cause !== "sql") throw new RunEnded(error.message);
      throw new Error(`a query of ours failed: ${error.message}\n${sql}`);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child.kill();
  }

  /** What a reply other than the expected one means; afterwards the database lives only if SQL alone failed. */
  async #failure(
    reply: Awaited<ReturnType<DatabaseChild["next"]>>,
    timeoutMs: number,
  ): Promise<Omit<NonNullable<BatchResult["failure"]>, "query">> {
    if (reply.kind === "failed" && reply.cause === "sql") return reply;
    await this.#child.kill();
    switch (reply.kind) {
      case "failed":
        return reply;
      case "timeout":
        return {
          cause: "timeout",
          error: { message: `it ran longer than ${timeoutMs} ms and was ended` },
        };
      case "died":
        return { cause: "crash", error: { message: reply.reason } };
      default:
        return { cause: "crash", error: { message: `the database answered \`${reply.kind}\`` } };
    }
  }
}
