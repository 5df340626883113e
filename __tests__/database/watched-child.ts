import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { builtChild } from "../engine.ts";

/** What a child saw when it started. */
export interface ChildFacts {
  /** Its number in its sandbox. */
  readonly pid: number;
  readonly user: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** What is at the root of its files. */
  readonly root: readonly string[];
}

/**
 * A child program that first calls home: it tells what it sees, and holds a connection for as long
 * as it lives, which shows when it is gone. By a socket in its folder, as it has no network.
 */
export class WatchedChild implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), "migrate-verify-test-"));
  readonly #server = createServer();
  readonly #connection: Promise<Socket>;
  readonly path = join(this.#folder, "child.mjs");
  readonly facts: Promise<ChildFacts>;
  readonly gone: Promise<void>;

  private constructor() {
    this.#connection = connectionOf(this.#server);
    this.facts = factsFrom(this.#connection);
    this.gone = endOf(this.#connection);
  }

  static async listen(): Promise<WatchedChild> {
    const child = new WatchedChild();
    const socket =
      process.platform === "win32"
        ? `\\\\.\\pipe\\${child.#folder.replaceAll(/\W/g, "-")}`
        : join(child.#folder, "home");
    child.#server.listen(socket);
    await once(child.#server, "listening");
    chmodSync(child.#folder, 0o755);
    if (process.platform !== "win32") chmodSync(socket, 0o777);
    copyFileSync(builtChild(), join(child.#folder, "pglite-child.js"));
    writeFileSync(
      child.path,
      `import { connect } from "node:net";
import { readdirSync } from "node:fs";
const { pid, env: environment } = process;
const root = readdirSync("/");
const facts = { pid, user: process.getuid?.(), environment, root, cwd: process.cwd() };
connect(${JSON.stringify(socket)}).write(JSON.stringify(facts));
await import("./pglite-child.js");
`,
    );
    return child;
  }

  /** Its number on this machine. */
  async machinePid(): Promise<number> {
    const { pid } = await this.facts;
    if (process.platform !== "linux") return pid;
    const start = `${process.execPath}\0`;
    const found = readdirSync("/proc").find((name) => {
      if (!/^\d+$/.test(name)) return false;
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8");
        return command.startsWith(start) && command.includes(this.path);
      } catch {
        return false;
      }
    });
    return Number(found);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    rmSync(this.#folder, { recursive: true });
  }
}

async function connectionOf(server: Server): Promise<Socket> {
  const [socket] = (await once(server, "connection")) as [Socket];
  return socket;
}

async function factsFrom(connection: Promise<Socket>): Promise<ChildFacts> {
  const [line] = (await once(await connection, "data")) as [Buffer];
  return JSON.parse(line.toString()) as ChildFacts;
}

/** A process that is killed may reset its connection, which is an end as well. */
async function endOf(connection: Promise<Socket>): Promise<void> {
  const socket = await connection;
  socket.on("error", () => socket.destroy());
  await new Promise((resolve) => socket.once("close", resolve));
}
