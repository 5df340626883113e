import { PGlite } from "@electric-sql/pglite";
import { hstore } from "@electric-sql/pglite/contrib/hstore";
import { isStronger, type LockMode } from "../../src/core/lock.ts";

/** What PostgreSQL was seen to do to one table while one statement ran. */
interface ObservedTable {
  /** The strongest lock that the transaction holds after the statement. */
  readonly mode: LockMode | undefined;
  readonly rewritten: boolean;
  readonly scanned: boolean;
}

export type Observation = ReadonlyMap<string, ObservedTable>;

interface TableState {
  readonly mode: LockMode | undefined;
  readonly file: string;
  readonly scans: number;
}

/** The tables of the user's schemas, each with this session's strongest lock, its storage and how often it was read whole. */
const STATE = `
  SELECT n.nspname AS schema, c.relname AS name, c.relfilenode::text AS file, c.relkind::text AS kind,
    coalesce(pg_stat_get_xact_numscans(c.oid), 0)::int AS scans,
    (SELECT array_agg(l.mode) FROM pg_locks l
      WHERE l.relation = c.oid AND l.pid = pg_backend_pid() AND l.granted) AS modes
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^(pg_|information_schema)'`;

/** A session with some PostgreSQL. */
export interface ObservedSession {
  /** Runs SQL and returns its SQLSTATE, undefined when it succeeded. */
  readonly run: (sql: string) => Promise<string | undefined>;
  /** Rows by the names of their columns. */
  readonly query: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly close: () => Promise<void>;
}

/** A PostgreSQL that tells what statements did; by default one in this process. */
export class ObservedDatabase implements AsyncDisposable {
  readonly #session: ObservedSession;

  constructor(session: ObservedSession) {
    this.#session = session;
  }

  static async open(): Promise<ObservedDatabase> {
    return new ObservedDatabase(await embedded());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session.close();
  }

  /** Removes what an example left behind. */
  async reset(): Promise<void> {
    await this.run("ROLLBACK");
    await this.run("RESET ALL");
    await this.run("DISCARD TEMP");
    const rows = await this.#rows<{ name: string }>(
      "SELECT nspname AS name FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)'",
    );
    for (const { name } of rows) await this.run(`DROP SCHEMA "${name}" CASCADE`);
    await this.run("CREATE SCHEMA public");
    // Of the role that migrates, on a server: DROP OWNED takes it along.
    await this.run("CREATE EXTENSION IF NOT EXISTS plpgsql");
    const roles = await this.#rows<{ name: string }>(
      "SELECT rolname AS name FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> current_user",
    );
    for (const { name } of roles) {
      await this.run(`DROP OWNED BY "${name}"; DROP ROLE "${name}"`);
    }
  }

  /** Runs SQL and returns its SQLSTATE, undefined when it succeeded. */
  async run(sql: string): Promise<string | undefined> {
    return this.#session.run(sql);
  }

  /** Tables and materialized views, each as `nameKey` has it. */
  async tables(): Promise<ReadonlySet<string>> {
    return new Set((await this.#state()).keys());
  }

  /** Runs one statement inside the open transaction and tells what it did to these tables. */
  async observe(
    sql: string,
    among: ReadonlySet<string>,
  ): Promise<{ code: string | undefined; tables: Observation }> {
    const before = await this.#state();
    const code = await this.run(sql);
    const tables = new Map<string, ObservedTable>();
    if (code !== undefined) return { code, tables };
    const after = await this.#state();
    for (const [name, was] of before) {
      const is = after.get(name);
      if (is === undefined || !among.has(name)) continue;
      tables.set(name, {
        mode: is.mode,
        rewritten: is.file !== was.file,
        scanned: is.scans > was.scans,
      });
    }
    return { code, tables };
  }

  /** Puts rows into every table that takes made-up ones. Returns how many tables have rows then. */
  async fill(): Promise<number> {
    const rows = await this.#rows<{ table: string; columns: string; values: string[] }>(
      `SELECT c.oid::regclass::text AS "table",
         string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns,
         array_agg(coalesce(
           (SELECT quote_literal(e.enumlabel) FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY enumsortorder LIMIT 1),
           CASE coalesce(b.typcategory, t.typcategory)
             WHEN 'N' THEN '%1$s' WHEN 'B' THEN 'true' WHEN 'D' THEN quote_literal('2026-05-05')
             WHEN 'T' THEN quote_literal('1 hour') WHEN 'R' THEN quote_literal('empty')
             WHEN 'A' THEN quote_literal('{}')
             WHEN 'U' THEN CASE t.typname WHEN 'uuid' THEN 'gen_random_uuid()' ELSE quote_literal('{}') END
             ELSE quote_literal('%1$s') END) ORDER BY a.attnum) AS values
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
         JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type b ON b.oid = t.typbasetype
       WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^(pg_|information_schema)'
       GROUP BY c.oid ORDER BY c.oid`,
    );
    let filled = 0;
    for (const { table, columns, values } of rows) {
      let code: string | undefined;
      for (const key of ["1", "2"]) {
        const row = values.map((value) => value.replaceAll("%1$s", key)).join(", ");
        code = await this.run(
          `INSERT INTO ${table} (${columns}) OVERRIDING SYSTEM VALUE VALUES (${row})`,
        );
      }
      if (code === undefined) filled += 1;
    }
    return filled;
  }

  /** Takes the rows out of every table. */
  async empty(): Promise<void> {
    const names = await this.#rows<{ name: string }>(
      "SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^(pg_|information_schema)'",
    );
    for (const { name } of names) await this.run(`TRUNCATE ${name} CASCADE`);
  }

  async #rows<Row>(sql: string): Promise<readonly Row[]> {
    return (await this.#session.query(sql)) as readonly Row[];
  }

  async #state(): Promise<ReadonlyMap<string, TableState>> {
    const rows = await this.#rows<{
      schema: string;
      name: string;
      file: string;
      kind: string;
      scans: number;
      modes: string[] | null;
    }>(STATE);
    return new Map(
      rows.map(({ schema, name, file, scans, modes }) => [
        `${schema}\0${name}`,
        { file, scans, mode: strongest((modes ?? []).map(modeOf)) },
      ]),
    );
  }
}

async function embedded(): Promise<ObservedSession> {
  const pglite = await PGlite.create({ extensions: { hstore } });
  return {
    run: async (sql) => {
      try {
        await pglite.exec(sql);
        return undefined;
      } catch (error) {
        if (error instanceof Error && "code" in error && typeof error.code === "string") {
          return error.code;
        }
        throw error;
      }
    },
    query: async (sql) => (await pglite.query<Record<string, unknown>>(sql)).rows,
    close: () => pglite.close(),
  };
}

/** pg_locks says AccessExclusiveLock; the manual and we say ACCESS EXCLUSIVE. */
function modeOf(name: string): LockMode {
  return name
    .replace(/Lock$/, "")
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toUpperCase() as LockMode;
}

function strongest(modes: readonly LockMode[]): LockMode | undefined {
  return modes.reduce<LockMode | undefined>(
    (best, mode) => (best === undefined || isStronger(mode, best) ? mode : best),
    undefined,
  );
}
