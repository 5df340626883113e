import type { PGlite } from "@electric-sql/pglite";

import type { FailedQuery } from "./messages.ts";
import { NUL_IN_QUERY, simpleQuery } from "./simple-query.ts";
import { WireReply } from "./wire-reply.ts";

/** Status of the exception with which the server goes back to its main loop after an error in SQL. */
const LONGJMP = 100;

/** The one session of a PGlite instance, spoken to in PostgreSQL's wire protocol. */
export class PgliteSession {
  readonly #database: PGlite;
  /** What PGlite caught and swallowed, for the report of a crash. */
  #swallowed: unknown;

  constructor(database: PGlite) {
    this.#database = database;
    const server = database.Module;
    const mainLoop = server._PostgresMainLoopOnce;
    server._PostgresMainLoopOnce = () => {
      try {
        mainLoop();
      } catch (error) {
        if ((error as { status?: unknown }).status !== LONGJMP) this.#swallowed ??= error;
        throw error;
      }
    };
  }

  /** Sends one query string; answers why it failed, or nothing. */
  async run(sql: string): Promise<FailedQuery | undefined> {
    return this.#failure(await this.#send(sql, false));
  }

  /** Rows of one query string, or why it failed. */
  async query(sql: string): Promise<(string | null)[][] | FailedQuery> {
    const reply = await this.#send(sql, true);
    if (reply.overflow) return { cause: "sql", error: { message: "the answer is too large" } };
    return this.#failure(reply) ?? reply.rows;
  }

  /**
   * Whether the instance still answers truthfully. After an exception inside its WebAssembly code,
   * PGlite goes on answering every query with nothing.
   */
  async alive(): Promise<boolean> {
    const reply = await this.#send("SELECT 42", true);
    // In a failed transaction the server refuses every query, which shows that it lives.
    const answered = reply.error?.code === "25P02" || reply.rows[0]?.[0] === "42";
    return answered && reply.status !== undefined;
  }

  async #send(sql: string, keepRows: boolean): Promise<WireReply> {
    const reply = new WireReply({ keepRows });
    if (sql.includes("\0")) {
      reply.error = NUL_IN_QUERY;
      reply.status = "idle";
      return reply;
    }
    try {
      await this.#database.execProtocolRawStream(simpleQuery(sql), {
        syncToFs: false,
        onRawData: (bytes) => reply.push(bytes),
      });
    } catch (error) {
      this.#swallowed ??= error;
    }
    return reply;
  }

  #failure(reply: WireReply): FailedQuery | undefined {
    if (reply.status === undefined || this.#swallowed !== undefined) {
      const reason = reply.error?.message ?? reasonOf(this.#swallowed);
      const message = `PGlite stopped in the middle of the query: ${reason}`;
      return { cause: "crash", error: { ...reply.error, message } };
    }
    return reply.error === undefined ? undefined : { cause: "sql", error: reply.error };
  }
}

/** What PGlite throws is an Error, or Emscripten's object that holds a message. */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof Error) return String(thrown);
  const { message } = (thrown ?? {}) as { message?: unknown };
  return typeof message === "string" ? message : "it gave no reason";
}
