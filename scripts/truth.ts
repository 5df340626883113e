/**
 * Runs the statements of every rule's examples on real servers and prints where the lock table says
 * something else than what was seen. `npm run truth -- FOLDER…`: each folder holds `bin/postgres` or is
 * a package of server binaries; without any, the servers of this machine are taken.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { Client } from "pg";

import { examples } from "../__tests__/rules/example.ts";
import {
  isForeseeable,
  predicted,
  runSide,
  seen,
  unreadClaims,
  type StatementRun,
} from "../__tests__/rules/example-runs.ts";
import { ObservedDatabase, type ObservedSession } from "../__tests__/rules/observed-database.ts";
import { findServers, type ServerBinaries } from "../src/database/postgres-binaries.ts";
import { PostgresServer } from "../src/database/postgres-server.ts";
import { makeCluster, CLUSTER } from "../src/database/postgres-cluster.ts";
import { plain } from "../src/database/sandbox.ts";
import { makeSurroundings } from "../src/database/server-surroundings.ts";

/** Where one version takes less than the lock table says, which is about 14 and later: start of the line, by major. */
const KNOWN: Readonly<Record<number, readonly string[]>> = {
  13: ["require-concurrent-partition-detach: An old partition, bad: ALTER TABLE events DETACH"],
};

function binariesIn(folder: string): ServerBinaries {
  const manifest = join(folder, "package.json");
  if (!existsSync(manifest)) {
    const major = Number(/(\d+)\/?$/.exec(folder)?.[1]);
    return { major, bin: join(folder, "bin") };
  }
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly version: string };
  const bin = join(folder, "native", "bin");
  return { major: Number.parseInt(version, 10), bin, package: folder };
}

/** A session as the migrations' role of a server that is started for it. */
async function open(binaries: ServerBinaries): Promise<ObservedSession> {
  const surroundings = makeSurroundings(binaries);
  const server = new PostgresServer(surroundings);
  const sandbox = plain(surroundings.user);
  await makeCluster({ ...surroundings, sandbox }, []);
  await server.start(sandbox);
  const { migrations: user, database } = CLUSTER;
  const client = new Client({ host: surroundings.folder, user, database, password: "" });
  await client.connect();
  return {
    run: async (sql) => {
      try {
        await client.query(sql);
        return undefined;
      } catch (error) {
        return error instanceof Error && "code" in error ? String(error.code) : "";
      }
    },
    query: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
    close: async () => {
      await client.end();
      await server.stop();
    },
  };
}

interface Comparison {
  readonly statements: number;
  readonly disagreements: readonly string[];
  /** Examples of which a side ended otherwise than it says, by the SQLSTATE. */
  readonly otherEnds: readonly string[];
}

function differencesOf(run: StatementRun): string[] {
  const [was, said] = [seen(run).join("; "), predicted(run).join("; ")];
  const unread = unreadClaims(run).map(({ table }) => `${table.name} was not read`);
  return [
    ...(was === said ? [] : [`${run.sql}\n    seen ${was}\n    said ${said}`]),
    ...unread.map((one) => `${run.sql}\n    ${one}`),
  ];
}

async function compare(database: ObservedDatabase): Promise<Comparison> {
  let statements = 0;
  const disagreements: string[] = [];
  const otherEnds: string[] = [];
  for (const { title, example } of examples) {
    for (const side of ["bad", "good"] as const) {
      await database.reset();
      const before = await database.run(example.before);
      if (before !== undefined) {
        otherEnds.push(`${title}, before: ${before}`);
        continue;
      }
      await database.fill();
      const runs = await runSide(database, example, side);
      const end = runs.at(-1)?.code;
      const stated = side === "bad" ? example.fails : undefined;
      if (end !== stated) {
        otherEnds.push(`${title}, ${side}: ${end ?? "passed"} instead of ${stated ?? "passed"}`);
      }
      const foreseeable = runs.filter(isForeseeable);
      statements += foreseeable.filter(({ tables }) => tables !== undefined).length;
      const differences = foreseeable.flatMap(differencesOf);
      disagreements.push(...differences.map((one) => `${title}, ${side}: ${one}`));
    }
  }
  return { statements, disagreements, otherEnds };
}

const folders = process.argv.slice(2);
const servers = folders.length === 0 ? await findServers() : folders.map(binariesIn);
for (const binaries of servers) {
  await using database = new ObservedDatabase(await open(binaries));
  const { statements, disagreements: all, otherEnds } = await compare(database);
  const known = KNOWN[binaries.major] ?? [];
  const disagreements = all.filter((one) => !known.some((start) => one.startsWith(start)));
  console.log(
    `PostgreSQL ${binaries.major}: ${statements} statements watched, ${disagreements.length} disagreements (and ${all.length - disagreements.length} known), ${otherEnds.length} examples that end otherwise`,
  );
  for (const one of [...disagreements, ...otherEnds]) console.log(`  ${one}`);
  if (disagreements.length > 0) process.exitCode = 1;
}
