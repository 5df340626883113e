import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtOnce } from "../build-cache.ts";
import type { GitHubPeer } from "../github/peer/github-peer.ts";
import { environmentOf } from "./test-server.ts";

/** `migrate-verify serve`, bundled from the sources as they are now, as a process of its own. */
export class ServerProcess implements AsyncDisposable {
  readonly log: Record<string, unknown>[] = [];
  stderr = "";
  url = "";
  readonly child: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #waits = new Set<() => void>();

  private constructor(env: Readonly<Record<string, string>>) {
    const folder = builtOnce("cli", "scripts/build-cli.mjs", ["src", "rules"]);
    this.child = spawn(process.execPath, [join(folder, "cli.js"), "serve"], {
      // A foreign folder: nothing of it is read.
      cwd: tmpdir(),
      // What a machine for tests grants is not what the tests are about.
      env: { PATH: process.env["PATH"], HOST: "127.0.0.1", PORT: "0", ISOLATION: "weak", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#exited = once(this.child, "exit");
    let rest = "";
    this.child.stdout?.on("data", (chunk) => {
      const lines = (rest + String(chunk)).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.log.push(JSON.parse(line) as Record<string, unknown>);
      for (const look of this.#waits) look();
    });
    this.child.stderr?.on("data", (chunk) => (this.stderr += String(chunk)));
  }

  /** Starts one that speaks for the App of a GitHub of the tests. */
  static async start(
    peer: GitHubPeer,
    env: Readonly<Record<string, string>> = {},
  ): Promise<ServerProcess> {
    const server = new ServerProcess({ ...environmentOf(peer), ...env });
    const { url } = await server.logged("Listening.");
    server.url = String(url);
    return server;
  }

  /** Runs one that does not get far; gives how it ended. */
  static async failing(
    env: Readonly<Record<string, string>>,
  ): Promise<{ readonly code: number | null; readonly stderr: string }> {
    const server = new ServerProcess(env);
    await server.#exited;
    return { code: server.child.exitCode, stderr: server.stderr };
  }

  /** Waits for a line of the log with this message and these fields, and gives it. Throws when the process ends before. */
  async logged(message: string, about?: object): Promise<Record<string, unknown>> {
    const wanted = Object.entries({ msg: message, ...about });
    const find = () =>
      this.log.find((line) => wanted.every(([name, value]) => line[name] === value));
    const found = find();
    if (found !== undefined) return found;
    const said = new Promise<Record<string, unknown>>((resolve) => {
      const look = (): void => {
        const line = find();
        if (line === undefined) return;
        this.#waits.delete(look);
        resolve(line);
      };
      this.#waits.add(look);
    });
    return Promise.race([said, this.#ended()]);
  }

  /** Waits for the next lines of the log. Throws when the process ends before. */
  async said(): Promise<void> {
    const said = new Promise<void>((resolve) => {
      const look = (): void => {
        this.#waits.delete(look);
        resolve();
      };
      this.#waits.add(look);
    });
    await Promise.race([said, this.#ended()]);
  }

  async #ended(): Promise<never> {
    await this.#exited;
    throw new Error(`the server ended: ${this.stderr}`);
  }

  /** Ends it at once, as a machine that loses its power. */
  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.#exited;
  }

  /** Asks it to stop; gives its exit status. */
  async stop(): Promise<number | null> {
    this.child.kill("SIGTERM");
    await this.#exited;
    return this.child.exitCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}
