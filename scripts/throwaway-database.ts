import { PGlite, type Extension } from "@electric-sql/pglite";
import type { Query } from "./database-facts.ts";

const CONTRIB = [
  "btree_gin",
  "btree_gist",
  "citext",
  "cube",
  "earthdistance",
  "fuzzystrmatch",
  "hstore",
  "intarray",
  "ltree",
  "pg_stat_statements",
  "pg_trgm",
  "pgcrypto",
  "unaccent",
  "uuid_ossp",
];

/** An embedded database in this process, for SQL that we trust. */
export class ThrowawayDatabase {
  readonly #database: PGlite;

  private constructor(database: PGlite) {
    this.#database = database;
  }

  /** With the extensions that migrations use most. */
  static async open(): Promise<ThrowawayDatabase> {
    const extensions: Record<string, Extension> = {};
    for (const name of CONTRIB) {
      const module = (await import(`@electric-sql/pglite/contrib/${name}`)) as Record<
        string,
        Extension
      >;
      const extension = module[name];
      if (extension !== undefined) extensions[name] = extension;
    }
    const { vector } = await import("@electric-sql/pglite-pgvector");
    return new ThrowawayDatabase(await PGlite.create({ extensions: { ...extensions, vector } }));
  }

  /** One simple query: several statements are one implicit transaction. */
  async run(sql: string): Promise<void> {
    await this.#database.exec(sql);
  }

  readonly query: Query = async (sql) => {
    const result = await this.#database.query<unknown[]>(sql, [], { rowMode: "array" });
    return result.rows;
  };

  /** Ends what a script left open, as a new session would: its transaction, settings and temporary tables. */
  async newSession(): Promise<void> {
    await this.run("rollback");
    await this.run("discard all");
  }

  /** Back to an empty `public`. */
  async clear(): Promise<void> {
    await this.newSession();
    const schemas = await this.query(
      `select quote_ident(nspname) from pg_namespace
       where nspname not like 'pg\\_%' and nspname <> 'information_schema'`,
    );
    for (const [schema] of schemas) await this.run(`drop schema ${String(schema)} cascade`);
    const publications = await this.query("select quote_ident(pubname) from pg_publication");
    for (const [name] of publications) await this.run(`drop publication ${String(name)}`);
    await this.run("create schema public");
  }

  async close(): Promise<void> {
    await this.#database.close();
  }
}
