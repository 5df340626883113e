import type { Folder } from "./folder.ts";

/** Words that the name of a folder has in it when it holds the scripts for one database of several. */
export const DATABASES: ReadonlyMap<string, string> = new Map([
  ["mysql", "MySQL"],
  ["mariadb", "MariaDB"],
  ["sqlite", "SQLite"],
  ["sqlite3", "SQLite"],
  ["libsql", "SQLite"],
  ["sqlcipher", "SQLite"],
  ["rqlite", "SQLite"],
  ["mssql", "SQL Server"],
  ["sqlserver", "SQL Server"],
  ["hsqldb", "HSQLDB"],
  ["clickhouse", "ClickHouse"],
  ["cassandra", "Cassandra"],
  ["bigquery", "BigQuery"],
  ["starrocks", "StarRocks"],
  ["ydb", "YDB"],
  ["cockroach", "CockroachDB"],
  ["cockroachdb", "CockroachDB"],
]);

/** Names that count when they are the whole name of a folder. */
const WHOLE_NAMES = new Map([
  ["h2", "H2"],
  ["derby", "Derby"],
  ["db2", "DB2"],
  ["firebird", "Firebird"],
  ["turso", "SQLite"],
  ["snowflake", "Snowflake"],
  ["spanner", "Spanner"],
]);

/** Names that are other things too, a price oracle for one: they count beside the folder of another database. */
const AMBIGUOUS = new Map([
  ["oracle", "Oracle"],
  ["d1", "SQLite"],
]);

/** The database other than PostgreSQL that a folder's own name tells of. */
export function foreignDatabase(folder: Folder): string | undefined {
  const name = folder.name.toLowerCase();
  for (const word of name.split(/[^a-z0-9]+/)) {
    const database = DATABASES.get(word);
    if (database !== undefined) return database;
  }
  return WHOLE_NAMES.get(name) ?? (besideDatabase(folder) ? AMBIGUOUS.get(name) : undefined);
}

/** The same for a folder with those around it: `mysql/migrations`, `migrations/sqlite`. */
export function foreignDatabaseOf(folder: Folder): string | undefined {
  for (const above of [folder, folder.parent, folder.parent?.parent]) {
    if (above === undefined || isPostgres(above.name)) return undefined;
    const database = foreignDatabase(above);
    if (database !== undefined) return database;
  }
  return undefined;
}

/** Whether a folder's name says that it is for PostgreSQL. */
export function isPostgres(name: string): boolean {
  return /(?:^|[^a-z0-9])(?:postgres|postgresql|pg|psql|pgx)(?:[^a-z0-9]|$)/i.test(name);
}

/** Whether a folder is for another database and lies beside one for PostgreSQL: `migrations/mysql` and `migrations/postgres`. */
export function hasPostgresBeside(folder: Folder): boolean {
  for (const above of [folder, folder.parent, folder.parent?.parent]) {
    if (above === undefined) return false;
    if (foreignDatabase(above) === undefined) continue;
    for (const [name, beside] of above.parent?.folders ?? []) {
      if (isPostgres(name) && [...beside.tree()].some(holdsScripts)) return true;
    }
    return false;
  }
  return false;
}

function holdsScripts({ files }: Folder): boolean {
  return files.some((file) => file.endsWith(".sql"));
}

function besideDatabase({ name, parent }: Folder): boolean {
  for (const sibling of parent?.folders.keys() ?? []) {
    const key = sibling.toLowerCase();
    if (sibling !== name && (isPostgres(key) || DATABASES.has(key) || WHOLE_NAMES.has(key)))
      return true;
  }
  return false;
}
