import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { builtChild } from "../engine.ts";

/** What a child saw when it started. */
export interface ChildFacts {
  readonly pid: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/**
 * A child program that first calls home: it tells what it sees, and holds a connection for as long
 * as it lives, which shows when it is gone.
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
    child.#server.listen(0, "127.0.0.1");
    await once(child.#server, "listening");
    const { port } = child.#server.address() as AddressInfo;
    writeFileSync(
      child.path,
      `import { connect } from "node:net";
const { pid, env: environment } = process;
connect(${port}, "127.0.0.1").write(JSON.stringify({ pid, environment, cwd: process.cwd() }));
await import(${JSON.stringify(pathToFileURL(builtChild()).href)});
`,
    );
    return child;
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
