/* The migrations of a repository, run on tables with rows and compared with the lock table. */
import { isForeseeable, predictProject, runParts } from "../__tests__/rules/example-runs.ts";
import type { ObservedDatabase } from "../__tests__/rules/observed-database.ts";
import { DiskFiles } from "../src/git/disk-files.ts";
import { walk } from "../src/git/folder-walk.ts";
import { detectProjects } from "../src/sources/detect.ts";
import { differencesOf, type Comparison } from "./truth-cases.ts";

export interface RepositoryComparison extends Comparison {
  readonly migrations: number;
}

/** Every migration of every project in a folder, up to the first that does not run. */
export async function compareRepository(
  database: ObservedDatabase,
  folder: string,
): Promise<RepositoryComparison> {
  let [statements, migrations] = [0, 0];
  const disagreements: string[] = [];
  const otherEnds: string[] = [];
  for (const project of detectProjects(new DiskFiles(folder, walk(folder)), []).projects) {
    await database.reset();
    // Anything but UTC, of which the lock table does not know that it is the server's.
    await database.run("SET TIME ZONE 'Europe/Berlin'");
    for (const { migration, parts } of predictProject(project)) {
      let runs = await runParts(database, parts);
      const failed = runs.at(-1)?.code;
      if (failed !== undefined) {
        // Rows that were made up may be in the way: once more without them.
        await database.run("ROLLBACK");
        await database.empty();
        runs = await runParts(database, parts);
      }
      const end = runs.at(-1)?.code;
      const foreseeable = runs.filter(isForeseeable);
      statements += foreseeable.filter(({ tables }) => tables !== undefined).length;
      for (const one of foreseeable.flatMap(differencesOf)) {
        disagreements.push(`${migration.up.path}: ${one}`);
      }
      if (end !== undefined) {
        otherEnds.push(`${migration.up.path}: ${end}: ${runs.at(-1)?.sql.slice(0, 80) ?? ""}`);
        break;
      }
      migrations += 1;
      await database.fill();
    }
  }
  return { statements, migrations, disagreements, otherEnds };
}
