import { tmpdir } from "node:os";

import type { Database, Engine, KeptState } from "../../verify/database.ts";
import { DiskWatch } from "../disk-watch.ts";
import { isolationOf } from "../isolation-limits.ts";
import { abandonedFolders } from "../own-folder.ts";
import { CHECKPOINT, CLUSTER, creationOfRole, NO_SUPERUSER } from "../postgres-cluster.ts";
import { PostgresDatabase, type DatabaseHost } from "../postgres-database.ts";
import { MOST_DISK_BYTES, type NativeOptions } from "../postgres-native.ts";
import { commandOnce, PostgresSession, type Login } from "../postgres-session.ts";
import { otherVersion } from "../production-version.ts";
import { plain } from "../sandbox.ts";
import { serverEngine, type ServerStart } from "../server-engine.ts";
import { makeSurroundings, type SandboxedSurroundings } from "../server-surroundings.ts";
import { serverUser } from "../server-user.ts";
import { archiveFolder, unpackFolder } from "./data-files.ts";
import {
  createExtensions,
  finishCluster,
  lock,
  loopbackIdentity,
  makeData,
  newPassword,
  type OwnCluster,
} from "./loopback-cluster.ts";
import { environmentOn } from "./loopback-environment.ts";
import { LoopbackServer, sweep } from "./loopback-server.ts";
import { configure } from "./loopback-settings.ts";

/** What a sandbox is looked for by there is none of. */
export type LoopbackOptions = Omit<NativeOptions, "sandboxPath">;

/**
 * A server of this machine's own binaries for every database, where there is no Unix socket, no shell
 * and no sandbox: on Windows. It is reached on a port of 127.0.0.1, with a password.
 */
export function loopbackEngine(options: LoopbackOptions): Engine {
  const { binaries, snapshots, storage = tmpdir() } = options;
  return serverEngine({
    binaries,
    snapshots,
    identity: () => loopbackIdentity(binaries, serverUser()),
    start: (how) => {
      const made = makeSurroundings(binaries, storage);
      const surroundings = {
        ...made,
        environment: environmentOn(made),
        sandbox: plain(made.user),
        unwanted: how.unwanted,
      };
      return new LoopbackStart(surroundings, options, how).open();
    },
  });
}

class LoopbackStart {
  readonly #surroundings: SandboxedSurroundings;
  readonly #options: LoopbackOptions;
  readonly #how: ServerStart;
  readonly #server: LoopbackServer;
  readonly #startedAt = performance.now();
  readonly #passwords: Readonly<Record<string, string>> = {
    [CLUSTER.migrations]: newPassword(),
    [CLUSTER.tracer]: newPassword(),
  };
  #port = 0;

  constructor(surroundings: SandboxedSurroundings, options: LoopbackOptions, how: ServerStart) {
    this.#surroundings = surroundings;
    this.#options = options;
    this.#how = how;
    // Before everything that takes time: it removes the folder, whatever becomes of this program.
    this.#server = new LoopbackServer(surroundings, options.patienceMs);
  }

  async open(): Promise<Database> {
    const { storage, user } = this.#surroundings;
    const swept = sweep(this.#surroundings, abandonedFolders(storage, user));
    try {
      const password = await this.#start();
      const login = this.#loginTo(CLUSTER.migrations, CLUSTER.database);
      const session = await PostgresSession.open(login);
      const version = await session.version();
      await swept;
      return this.#databaseOf(session, { login, version, password });
    } catch (error) {
      await this.#server.stop();
      await swept;
      throw error;
    }
  }

  /** Starts the server, and locks its superuser out, whose password it answers. */
  async #start(): Promise<string> {
    const surroundings = this.#surroundings;
    const { from } = this.#how;
    const cluster = from === undefined ? await makeData(surroundings) : await this.#unpack(from);
    this.#port = await this.#server.start((port) => configure(surroundings, port, "set-up"));
    const superuser = this.#loginTo(CLUSTER.superuser, CLUSTER.tracerDatabase);
    const login = { ...superuser, password: cluster.password };
    const unlocked = { surroundings, login, cluster };
    await finishCluster(unlocked);
    if (from === undefined) await createExtensions(unlocked, this.#options.extensions ?? []);
    await lock(unlocked, this.#passwords);
    return cluster.password;
  }

  async #unpack(from: NonNullable<ServerStart["from"]>): Promise<OwnCluster> {
    const { folder, user } = this.#surroundings;
    await unpackFolder(from, folder, user);
    return { password: (from.state.memo as KeptMemo).password, isBare: false };
  }

  #databaseOf(
    session: PostgresSession,
    known: { readonly login: Login; readonly version: string; readonly password: string },
  ): Database {
    const { login, version, password } = known;
    const { production = [], mostDiskBytes = MOST_DISK_BYTES } = this.#options;
    const { data, sandbox, binaries } = this.#surroundings;
    const disk = new DiskWatch(data, mostDiskBytes, () => this.#server.stop());
    const limits = [...limitsOf(sandbox.user?.name, binaries.major)];
    const engine = {
      name: "postgres",
      version,
      limits: [...limits, ...otherVersion(version, production)],
      startMs: Math.round(performance.now() - this.#startedAt),
      ...isolationOf(sandbox),
    } as const;
    return new PostgresDatabase(engine, session, {
      ...this.#keeping(password),
      remove: async () => {
        disk.end();
        await this.#server.stop();
      },
      createRole: async (name) => {
        await this.#trace(creationOfRole(name));
        return true;
      },
      connect: () => PostgresSession.open(login),
      endedBecause: () => disk.exceeded,
    });
  }

  /** What the database came from, and how it is kept for later ones. */
  #keeping(password: string): Pick<DatabaseHost, "kept" | "keep"> {
    const { from, snapshots } = this.#how;
    if (from !== undefined) snapshots?.touch(from);
    const kept =
      from && ({ ...from.state, memo: (from.state.memo as KeptMemo).memo } satisfies KeptState);
    if (snapshots?.writes !== true) return { kept };
    const keep = ({ key, memo }: KeptState): Promise<void> =>
      snapshots.keep({ key, memo: { password, memo } satisfies KeptMemo }, async (write) => {
        await this.#trace(CHECKPOINT);
        await archiveFolder(this.#surroundings.folder, write);
      });
    return { kept, keep };
  }

  #trace(sql: string): Promise<void> {
    return commandOnce(this.#loginTo(CLUSTER.tracer, CLUSTER.tracerDatabase), sql);
  }

  #loginTo(user: string, database: string): Login {
    const password = this.#passwords[user] ?? "";
    return { host: "127.0.0.1", port: this.#port, user, database, password, ssl: false };
  }
}

/** With what whoever keeps a database wants to know again: what its superuser logs in with. */
interface KeptMemo {
  readonly password: string;
  readonly memo: unknown;
}

function limitsOf(user = "the user who ran this program", major: number): string[] {
  return [
    NO_SUPERUSER,
    `The database ran as ${user}, with an environment of its own, but in no sandbox of the operating system, which grants none here: only PostgreSQL's own privileges keep SQL from files, programs and the network.`,
    "The database was reached on a port of 127.0.0.1 and not on a socket in a folder, because Node.js has none on Windows: others on this machine could knock, and what kept them out is a password that was made for this run.",
    "The system set the database no limit of memory or of the size of a file: what its files hold together was watched, and time was limited.",
    ...(major >= 17
      ? []
      : [
          "The database was made with the locale C, as Windows has no C.UTF-8: upper() and lower() know the letters of ASCII only.",
        ]),
  ];
}
