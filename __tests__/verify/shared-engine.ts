import type { Database, Engine } from "../../src/verify/database.ts";
import { readCatalog } from "../../src/verify/catalog.ts";
import { testEngine } from "../engine.ts";

// Everything that a test of this room makes, in the order in which it can be dropped.
const CLEAN = `DO $$
DECLARE one text;
BEGIN
  FOR one IN SELECT format('DROP EVENT TRIGGER %I', evtname) FROM pg_event_trigger
    UNION ALL SELECT format('DROP PUBLICATION %I', pubname) FROM pg_publication
    UNION ALL SELECT format('DROP EXTENSION %I CASCADE', extname) FROM pg_extension WHERE extname <> 'plpgsql'
    UNION ALL SELECT format('DROP SCHEMA %I CASCADE', nspname) FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    UNION ALL SELECT format('DROP FOREIGN DATA WRAPPER %I CASCADE', fdwname) FROM pg_foreign_data_wrapper
    UNION ALL SELECT format('DROP OWNED BY %I CASCADE', rolname) FROM pg_roles WHERE oid >= 16384
    UNION ALL SELECT format('DROP ROLE %I', rolname) FROM pg_roles WHERE oid >= 16384
  LOOP EXECUTE one; END LOOP;
END $$`;

const PUBLIC = [
  "CREATE SCHEMA public AUTHORIZATION pg_database_owner",
  "GRANT USAGE ON SCHEMA public TO PUBLIC",
  "COMMENT ON SCHEMA public IS 'standard public schema'",
];

/**
 * An engine that gives the same database again and again, emptied in between: starting one takes
 * longer than most tests. A database that cannot be emptied to what it was at first is replaced.
 */
export class SharedEngine implements Engine, AsyncDisposable {
  readonly #engine: Engine;
  #database: Database | undefined;
  #pristine = "";
  #opened = 0;

  constructor(engine: Engine = testEngine()) {
    this.#engine = engine;
  }

  /** How often a database was asked for. */
  get opened(): number {
    return this.#opened;
  }

  async open(): Promise<Database> {
    this.#opened += 1;
    const database = (await this.#emptied()) ?? (await this.#engine.open());
    if (database !== this.#database) {
      this.#database = database;
      this.#pristine = await fingerprint(database);
    }
    return {
      engine: database.engine,
      get alive() {
        return database.alive;
      },
      run: (batch) => database.run(batch),
      query: (sql) => database.query(sql),
      ...(database.createRole === undefined
        ? {}
        : { createRole: (name: string) => database.createRole?.(name) ?? Promise.resolve(false) }),
      ...(database.connect === undefined
        ? {}
        : { connect: () => database.connect?.() ?? Promise.resolve(undefined) }),
      // It is emptied when the next one is asked for.
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#database?.[Symbol.asyncDispose]();
  }

  async #emptied(): Promise<Database | undefined> {
    const database = this.#database;
    if (database === undefined || !database.alive) return undefined;
    const { failure } = await database.run({
      queries: ["ROLLBACK", "SET SESSION AUTHORIZATION postgres", "DISCARD ALL", CLEAN, ...PUBLIC],
      timeoutMs: 30_000,
    });
    if (failure === undefined && (await fingerprint(database)) === this.#pristine) return database;
    await database[Symbol.asyncDispose]();
    return undefined;
  }
}

async function fingerprint(database: Database): Promise<string> {
  return JSON.stringify(await readCatalog(database));
}
