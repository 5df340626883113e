/**
 * Runs every statement of the rules' examples and of the labelled set on real servers, with rows in
 * the tables, and prints where the lock table says something else than what was seen.
 *
 *   npm run truth -- [SERVER…] [--migrations FOLDER]…
 *
 * Each SERVER is a folder that holds `bin/postgres`, or a package of server binaries; without any, the
 * servers of this machine are taken, and PGlite. --migrations runs the migrations of a repository too.
 */
import { parseArgs } from "node:util";
import { ObservedDatabase } from "../__tests__/rules/observed-database.ts";
import { findServers } from "../src/database/postgres-binaries.ts";
import { compareExamples, compareLabelled, type Comparison } from "./truth-cases.ts";
import { compareRepository } from "./truth-migrations.ts";
import { binariesIn, openServer } from "./truth-server.ts";

/** Where one version takes less than the lock table says, which is about 14 and later: start of the line, by major. */
const KNOWN: Readonly<Record<number, readonly string[]>> = {
  13: [
    "require-concurrent-partition-detach: An old partition, bad: ALTER TABLE events DETACH",
    "partitions: a partition is detached: ALTER TABLE events DETACH",
  ],
};

/** The major version that PGlite is built from. */
const PGLITE = 18;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { migrations: { type: "string", multiple: true, default: [] } },
});
const servers = positionals.length === 0 ? await findServers() : positionals.map(binariesIn);
for (const binaries of servers) {
  await compareOn(`PostgreSQL ${binaries.major}`, binaries.major, async () => {
    return new ObservedDatabase(await openServer(binaries));
  });
}
if (positionals.length === 0) {
  await compareOn(`PGlite ${PGLITE}`, PGLITE, () => ObservedDatabase.open());
}

async function compareOn(
  name: string,
  major: number,
  open: () => Promise<ObservedDatabase>,
): Promise<void> {
  await using database = await open();
  tell(`${name}, examples`, await compareExamples(database), major);
  tell(`${name}, labelled set`, await compareLabelled(database, major), major);
  for (const folder of values.migrations) {
    const compared = await compareRepository(database, folder);
    tell(`${name}, ${compared.migrations} migrations of ${folder}`, compared, major);
  }
}

function tell(name: string, compared: Comparison, major: number): void {
  const known = KNOWN[major] ?? [];
  const { statements, disagreements: all, otherEnds } = compared;
  const disagreements = all.filter((one) => !known.some((start) => one.startsWith(start)));
  console.log(
    `${name}: ${statements} statements watched, ${disagreements.length} disagreements (and ${all.length - disagreements.length} known), ${otherEnds.length} that end otherwise`,
  );
  for (const one of [...disagreements, ...otherEnds]) console.log(`  ${one}`);
  if (disagreements.length > 0) process.exitCode = 1;
}
