import type { Duplex } from "node:stream";

import { Client, type ClientConfig, type Connection } from "pg";

import { Arrival } from "./arrival.ts";
import { NUL_IN_QUERY, simpleQuery } from "./simple-query.ts";
import { WireReply } from "./wire-reply.ts";

/** Whom to log in as, where. Everything is said, because pg fills gaps from the environment. */
export interface Login {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password?: string;
  readonly ssl: NonNullable<ClientConfig["ssl"]>;
}

const CONNECT_TIMEOUT_MS = 20_000;
const COMMAND_TIMEOUT_MS = 30_000;

/**
 * One session with a PostgreSQL server. pg logs in; then the answers are read by `WireReply`, because
 * pg keeps every row of every answer in memory, and what a migration selects has no bound.
 */
export class PostgresSession {
  readonly #stream: Duplex;
  #reply: WireReply | undefined;
  #closed = false;
  readonly #arrival = new Arrival();

  private constructor(stream: Duplex) {
    this.#stream = stream;
    stream.removeAllListeners("data");
    stream.on("data", (bytes: Buffer) => {
      this.#reply?.push(bytes);
      if (this.#reply?.status !== undefined) this.#arrival.tell();
    });
    stream.on("error", () => this.#end());
    stream.on("close", () => this.#end());
  }

  /** Throws what pg throws when the login fails. */
  static async open(login: Login): Promise<PostgresSession> {
    const client = new Client({
      ...login,
      password: login.password ?? "",
      options: "",
      application_name: "migrate-verify",
      client_encoding: "UTF8",
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    });
    // The stream itself is watched.
    client.on("error", () => undefined);
    await client.connect();
    return new Promise((resolve) => {
      client.query({
        submit: ({ stream }: Connection) => resolve(new PostgresSession(stream)),
        handleError: () => undefined,
      });
    });
  }

  get open(): boolean {
    return !this.#closed;
  }

  /**
   * Sends one query string and reads what comes. A reply without a status: the session ended before
   * the server was ready again. `timeout`: it did not come within `timeoutMs`; the session is closed.
   */
  async send(
    sql: string,
    { timeoutMs, keepRows }: { readonly timeoutMs: number; readonly keepRows: boolean },
  ): Promise<WireReply | "timeout"> {
    const reply = new WireReply({ keepRows });
    if (sql.includes("\0")) {
      reply.error = NUL_IN_QUERY;
      reply.status = "idle";
      return reply;
    }
    this.#reply = reply;
    const deadline = performance.now() + timeoutMs;
    this.#stream.write(simpleQuery(sql));
    for (;;) {
      if (reply.status !== undefined || this.#closed) return reply;
      if (performance.now() >= deadline) {
        this.close();
        return "timeout";
      }
      await this.#arrival.until(deadline);
    }
  }

  /** Runs a query of ours and answers its rows. Throws an Error when it fails. */
  async command(sql: string): Promise<WireReply["rows"]> {
    const reply = await this.send(sql, { timeoutMs: COMMAND_TIMEOUT_MS, keepRows: true });
    if (reply === "timeout") throw new Error("the server does not answer");
    if (reply.status !== undefined && reply.error === undefined) return reply.rows;
    throw new Error(reply.error?.message ?? "the server closed the connection");
  }

  /** The server's version, for example `18.1`; distributions add words to it. */
  async version(): Promise<string> {
    const [row] = await this.command("SHOW server_version");
    const [version = ""] = /^\S+/.exec(row?.[0] ?? "") ?? [];
    return version;
  }

  close(): void {
    this.#end();
    this.#stream.destroy();
  }

  #end(): void {
    this.#closed = true;
    this.#arrival.tell();
  }
}

/** Runs a command of ours in a session of its own. Throws what fails. */
export async function commandOnce(login: Login, sql: string): Promise<void> {
  const session = await PostgresSession.open(login);
  try {
    await session.command(sql);
  } finally {
    session.close();
  }
}
