import { DATABASES } from "./dialect.ts";

/** A file that no run on PostgreSQL reads, and why. */
export interface LeftFile {
  readonly file: string;
  readonly reason: string;
}

/** The scripts of a folder that PostgreSQL runs, and the others. */
export interface SortedScripts {
  readonly own: readonly string[];
  readonly left: readonly LeftFile[];
}

const ENDING = /(?:\.autocommit)?(?:\.(up|down))?\.sql$/i;
const POSTGRES = /^(?:postgres|postgresql|pg|psql)$/i;

/**
 * Sorts the scripts of a folder that holds a migration once for each of several databases, as pop and
 * fizz do: `5_users.mysql.up.sql` is MySQL's, `5_users.up.sql` is for all, and where a database has a file
 * of its own for a version it takes that one
 * (https://gobuffalo.io/documentation/database/migrations/). A folder whose names tell of one database
 * alone is not such a one: `5_copy.mysql.up.sql` may say what the migration is about.
 */
export function scriptsForPostgres(files: readonly string[]): SortedScripts {
  const told = files.map((file) => ({ file, database: databaseInName(file) }));
  const databases = new Set(told.flatMap(({ database }) => database ?? []));
  const all = { own: files, left: [] };
  if (databases.size < 2) return all;
  const special = new Set(
    told.flatMap(({ file, database }) => (database === "PostgreSQL" ? stepOf(file) : [])),
  );
  const own: string[] = [];
  const left: LeftFile[] = [];
  for (const { file, database } of told) {
    if (database !== undefined && database !== "PostgreSQL") {
      left.push({ file, reason: `its name says that it is for ${database}` });
    } else if (database === undefined && special.has(stepOf(file))) {
      left.push({ file, reason: "PostgreSQL has a file of its own for this version" });
    } else own.push(file);
  }
  return own.length === 0 ? all : { own, left };
}

/** The database that the last word of a script's name is. */
function databaseInName(file: string): string | undefined {
  const word = /\.([^.]+)$/.exec(file.replace(ENDING, ""))?.[1];
  if (word === undefined || !/^\d/.test(file) || !ENDING.test(file)) return undefined;
  return POSTGRES.test(word) ? "PostgreSQL" : DATABASES.get(word.toLowerCase());
}

/** Its version, and which way it goes. */
function stepOf(file: string): string {
  const isDown = ENDING.exec(file)?.[1]?.toLowerCase() === "down";
  return `${/^\d+/.exec(file)?.[0] ?? file} ${isDown ? "down" : "up"}`;
}
