import type { PGlite } from "@electric-sql/pglite";

import type { FailedQuery } from "./messages.ts";
import { WireReply } from "./wire-reply.ts";

const encoder = new TextEncoder();

/** Sent after every query: it ends a `COPY … FROM STDIN`, which would wait for rows, and is ignored otherwise. */
const COPY_FAIL = wireMessage("f", "there are no rows to copy here");

/** The one session of a PGlite instance, spoken to in PostgreSQL's wire protocol. */
export class PgliteSession {
  readonly #database: PGlite;

  constructor(database: PGlite) {
    this.#database = database;
  }

  /** Sends one query string; answers why it failed, or nothing. */
  async run(sql: string): Promise<FailedQuery | undefined> {
    return failure(await this.#send(sql, false));
  }

  /** Rows of one query string, or why it failed. */
  async query(sql: string): Promise<(string | null)[][] | FailedQuery> {
    const reply = await this.#send(sql, true);
    if (reply instanceof WireReply && reply.overflow) {
      return { cause: "sql", error: { message: "the answer is too large" } };
    }
    return failure(reply) ?? (reply as WireReply).rows;
  }

  /**
   * Whether the instance still answers truthfully. After an exception inside its WebAssembly code,
   * PGlite goes on answering every query with nothing.
   */
  async alive(): Promise<boolean> {
    const reply = await this.#send("SELECT 42", true);
    if (!(reply instanceof WireReply) || reply.status === undefined) return false;
    // In a failed transaction the server refuses every query, which shows that it lives.
    return reply.error?.code === "25P02" || reply.rows[0]?.[0] === "42";
  }

  async #send(sql: string, keepRows: boolean): Promise<WireReply | FailedQuery> {
    if (sql.includes("\0")) return NUL_IN_QUERY;
    const reply = new WireReply({ keepRows });
    const message = Buffer.concat([wireMessage("Q", sql), COPY_FAIL]);
    try {
      await this.#database.execProtocolRawStream(message, {
        syncToFs: false,
        onRawData: (bytes) => reply.push(bytes),
      });
    } catch (error) {
      return { cause: "crash", error: { message: reply.error?.message ?? String(error) } };
    }
    return reply;
  }
}

/** What a server says of a query string that its protocol cannot carry. */
const NUL_IN_QUERY: FailedQuery = {
  cause: "sql",
  error: { code: "22021", message: 'invalid byte sequence for encoding "UTF8": 0x00' },
};

function failure(reply: WireReply | FailedQuery): FailedQuery | undefined {
  if (!(reply instanceof WireReply)) return reply;
  if (reply.status === undefined) {
    const message = reply.error?.message ?? "the server stopped in the middle of the query";
    return { cause: "crash", error: { ...reply.error, message } };
  }
  return reply.error === undefined ? undefined : { cause: "sql", error: reply.error };
}

/** A frontend message that holds one string. */
function wireMessage(type: "Q" | "f", text: string): Buffer {
  const body = encoder.encode(text);
  const message = Buffer.alloc(1 + 4 + body.length + 1);
  message.write(type, 0, "latin1");
  message.writeUInt32BE(4 + body.length + 1, 1);
  message.set(body, 5);
  return message;
}
