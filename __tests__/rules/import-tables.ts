import { readdirSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "tables");

/**
 * Adds the tables of rules whose ids match to a test file. They are not test files of their own: to
 * load all rules takes longer than one table.
 */
export async function importTables(ids: RegExp): Promise<void> {
  for (const name of readdirSync(FOLDER).toSorted()) {
    if (ids.test(name)) await import(`./tables/${name}`);
  }
}
