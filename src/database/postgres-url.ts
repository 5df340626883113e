import { randomBytes } from "node:crypto";

import { Client } from "pg";

import { UserError } from "../core/user-error.ts";
import type { Database, Engine } from "../verify/database.ts";
import { PostgresDatabase } from "./postgres-database.ts";
import { PostgresSession, type Login } from "./postgres-session.ts";
import { otherVersion } from "./production-version.ts";

export interface UrlOptions {
  /** `postgresql://…`; never told to anybody, as it holds a password. */
  readonly url: string;
  /** Major versions that production runs; empty: not known. */
  readonly production?: readonly number[];
}

/** A server that somebody runs: each database is made in it and dropped. */
export function urlEngine({ url, production = [] }: UrlOptions): Engine {
  const login = parseUrl(url);
  return {
    async open(): Promise<Database> {
      try {
        return await open(login, production);
      } catch (error) {
        const said = error instanceof Error ? error.message : String(error);
        const reason = redacted(said, [url, login.password]);
        throw new UserError(`The server of --database-url cannot be used: ${reason}`, {
          hint: "Its user has to be allowed to create databases.",
          exitCode: 3,
        });
      }
    },
  };
}

function parseUrl(url: string): Login {
  if (!/^postgres(?:ql)?:\/\//.test(url)) throw notAUrl();
  try {
    const client = new Client({ connectionString: url });
    const { host, port, user = "postgres", password, database = user, ssl } = client;
    return {
      host,
      port,
      user,
      database,
      ssl,
      ...(typeof password === "string" ? { password } : {}),
    };
  } catch {
    // What the parser says would show parts of it.
    throw notAUrl();
  }
}

function notAUrl(): UserError {
  return new UserError("--database-url is not the URL of a PostgreSQL server.", {
    hint: "It looks like postgresql://user:password@host:5432/database.",
  });
}

/** A text of the server or the client without what nobody may see. */
function redacted(text: string, secrets: readonly (string | undefined)[]): string {
  return secrets.reduce<string>(
    (left, secret) =>
      secret === undefined || secret === "" ? left : left.replaceAll(secret, "***"),
    text,
  );
}

async function open(login: Login, production: readonly number[]): Promise<Database> {
  const controller = await PostgresSession.open(login);
  const name = `migrate_verify_${randomBytes(8).toString("hex")}`;
  const throwaway = new ThrowawayDatabase(controller, name);
  try {
    const own = await throwaway.create();
    const migrations: Login = {
      ...login,
      database: name,
      ...(own === undefined ? {} : { user: name, password: own }),
    };
    const session = await PostgresSession.open(migrations);
    const version = await session.version();
    const limits = [
      ...limitsOf(login.user, name, own !== undefined),
      ...otherVersion(version, production),
    ];
    return new PostgresDatabase({ name: "postgres", version, limits }, session, {
      remove: () => throwaway.remove(),
      // It would stay on the server, which others use.
      createRole: () => Promise.resolve(false),
      connect: () => PostgresSession.open(migrations),
    });
  } catch (error) {
    await throwaway.remove();
    throw error;
  }
}

/** A database with a role of its own where that can be made, and how they are removed. */
class ThrowawayDatabase {
  readonly #controller: PostgresSession;
  readonly #name: string;
  #hasRole = false;

  constructor(controller: PostgresSession, name: string) {
    this.#controller = controller;
    this.#name = name;
  }

  /** Answers the password of the database's own role; undefined where there is none. */
  async create(): Promise<string | undefined> {
    const [rights] = await this.#controller.command(
      "SELECT rolsuper, rolcreaterole FROM pg_catalog.pg_roles WHERE rolname = current_user",
    );
    if (!rights?.includes("t")) {
      await this.#controller.command(`CREATE DATABASE ${this.#name} TEMPLATE template0`);
      return undefined;
    }
    const password = randomBytes(24).toString("hex");
    await this.#controller.command(`CREATE ROLE ${this.#name} LOGIN PASSWORD '${password}'`);
    this.#hasRole = true;
    await this.#controller.command(`GRANT ${this.#name} TO CURRENT_USER`);
    await this.#controller.command(
      `CREATE DATABASE ${this.#name} OWNER ${this.#name} TEMPLATE template0`,
    );
    return password;
  }

  async remove(): Promise<void> {
    try {
      await this.#controller.command(`DROP DATABASE IF EXISTS ${this.#name} WITH (FORCE)`);
      if (this.#hasRole) await this.#controller.command(`DROP ROLE ${this.#name}`);
    } finally {
      this.#controller.close();
    }
  }
}

function limitsOf(user: string, name: string, hasRole: boolean): string[] {
  return [
    hasRole
      ? "Migrations ran as a role that was made for them and is no superuser: a statement that needs one is not verified."
      : `Migrations ran as ${user}, the user of the URL: they could reach whatever that user can on the server.`,
    `A throwaway database was made on the server and dropped. If this program is killed, ${name} stays there.`,
  ];
}
