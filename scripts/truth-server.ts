/* A server of some version that is started to compare with what the lock table says. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import type { ObservedSession } from "../__tests__/rules/observed-database.ts";
import { serverIn, type ServerBinaries } from "../src/database/postgres-binaries.ts";
import { CLUSTER, makeCluster } from "../src/database/postgres-cluster.ts";
import { PostgresServer } from "../src/database/postgres-server.ts";
import { plain } from "../src/database/sandbox.ts";
import { makeSurroundings } from "../src/database/server-surroundings.ts";

/** The binaries in a folder that holds `bin/postgres`, or is a package of server binaries. */
export function binariesIn(folder: string): ServerBinaries {
  if (existsSync(join(folder, "package.json"))) return serverIn(folder);
  const major = Number(/(\d+)\/?$/.exec(folder)?.[1]);
  return { major, bin: join(folder, "bin") };
}

/** A session as the migrations' role of a server that is started for it. */
export async function openServer(binaries: ServerBinaries): Promise<ObservedSession> {
  const surroundings = makeSurroundings(binaries);
  const server = new PostgresServer(surroundings);
  const sandbox = plain(surroundings.user);
  await makeCluster(surroundings, sandbox, []);
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
