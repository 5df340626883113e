import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join, parse } from "node:path";
import { setTimeout } from "node:timers/promises";

import type { Surroundings } from "../server-surroundings.ts";
import { KEEPER, killingCommand } from "./keeper-script.ts";

/** Longest time for an end, in ms. */
const PATIENCE_MS = 45_000;
/** Between the choice of a port and its use, anybody else may be given it. */
const MOST_TRIES = 5;
const PORT_TAKEN = "could not create any TCP/IP sockets";

/** As a server's keeper answers: nothing where it started, else what it complained about. */
type Answer = string | undefined;

/**
 * A server on a port of 127.0.0.1, and the process of Node's that keeps it: nothing of it outlives
 * this program. The keeper is started before the data directory is made, so that the folder is
 * removed in any case.
 */
export class LoopbackServer {
  readonly #folder: string;
  readonly #surroundings: Surroundings;
  readonly #patienceMs: number;
  readonly #keeper: ChildProcess;
  readonly #exited: Promise<unknown>;
  #answer: (answer: Answer) => void = () => undefined;
  #said = "";

  /** `patienceMs`: how long an end may take before everything is killed. */
  constructor(surroundings: Surroundings, patienceMs = PATIENCE_MS) {
    this.#surroundings = surroundings;
    this.#folder = surroundings.folder;
    this.#patienceMs = patienceMs;
    this.#keeper = startKeeper(surroundings, this.#folder, "pipe");
    this.#exited = once(this.#keeper, "close").catch(() => undefined);
    this.#keeper.stdin?.on("error", () => undefined);
    this.#keeper.stdout?.setEncoding("utf8").on("data", (text: string) => this.#read(text));
    this.#keeper.on("error", (error) => this.#answer(error.message));
    this.#keeper.on("close", () => this.#answer("what keeps the server ended"));
  }

  /**
   * Starts the server on its data directory, for which `configure` writes the settings, and answers
   * its port. Throws an Error with what it complained about.
   */
  async start(configure: (port: number) => void): Promise<number> {
    for (let tries = 1; ; tries++) {
      const port = await freePort();
      configure(port);
      const complaint = await this.#try();
      if (complaint === undefined) return port;
      if (tries === MOST_TRIES || !complaint.includes(PORT_TAKEN)) {
        throw new Error(`postgres did not start: ${complaint.trim()}`);
      }
    }
  }

  async #try(): Promise<Answer> {
    if (this.#keeper.exitCode !== null) return "what keeps the server ended";
    const answered = new Promise<Answer>((resolve) => {
      this.#answer = resolve;
    });
    this.#keeper.stdin?.write("start\n");
    return answered;
  }

  /** Ends everything and removes the folder. Throws an Error when it does not end. */
  async stop(): Promise<void> {
    this.#keeper.stdin?.end();
    await Promise.race([this.#exited, once(AbortSignal.timeout(this.#patienceMs), "abort")]);
    if (this.#keeper.exitCode === 0 || this.#keeper.pid === undefined) return;
    this.#keeper.kill("SIGKILL");
    await this.#exited;
    await removeServer(this.#surroundings, this.#folder);
    const outcome = existsSync(this.#folder) ? "its folder is left" : "was killed";
    throw new Error(`the server in ${this.#folder} did not end and ${outcome}`);
  }

  #read(text: string): void {
    this.#said += text;
    const [line, ...more] = this.#said.split("\n");
    if (line === undefined || more.length === 0) return;
    this.#said = more.join("\n");
    this.#answer(line === "" ? undefined : (JSON.parse(line) as string));
  }
}

/** Ends what another program left of a server in its folder and removes it. */
async function removeServer(surroundings: Surroundings, folder: string): Promise<void> {
  const keeper = startKeeper(surroundings, folder, "ignore");
  keeper.stdin?.on("error", () => undefined).end();
  await once(keeper, "close").catch(() => undefined);
}

/**
 * Does so with folders of programs that are gone. Where one takes long, because something still uses
 * it, nobody waits: what removes it goes on by itself.
 */
export async function sweep(
  surroundings: Surroundings,
  folders: readonly string[],
  patienceMs = 5_000,
): Promise<void> {
  const removals = folders.map((folder) => {
    const keeper = startKeeper(surroundings, folder, "ignore");
    keeper.stdin?.on("error", () => undefined).end();
    keeper.unref();
    return once(keeper, "exit").catch(() => undefined);
  });
  const enough = new AbortController();
  const patience = setTimeout(patienceMs, undefined, { signal: enough.signal });
  await Promise.race([Promise.all(removals), patience]);
  enough.abort();
  await patience.catch(() => undefined);
}

function startKeeper(
  { binaries, user, environment }: Surroundings,
  folder: string,
  output: "pipe" | "ignore",
): ChildProcess {
  const killing = JSON.stringify(killingCommand(folder));
  const args = ["--eval", KEEPER, "--", folder, join(binaries.bin, "pg_ctl"), killing];
  return spawn(process.execPath, args, {
    cwd: parse(folder).root,
    env: environment,
    // Out of reach of the terminal's signals; on Windows out of the job that ends with this program.
    detached: true,
    windowsHide: true,
    stdio: ["pipe", output, "ignore"],
    ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
  });
}

/** A port that the system does not use now. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
