import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { REMOVE_FOLDER, removeFolder } from "./own-folder.ts";
import type { Sandbox } from "./sandbox.ts";
import { serverSettings } from "./server-settings.ts";
import type { Surroundings } from "./server-surroundings.ts";

/**
 * Reads the kind of sandbox and the server's command from standard input, a line each and an empty one,
 * and starts the server; when standard input ends, which it does when the parent is gone, however it
 * went, ends the server and removes its folder. SIGQUIT makes the server end its sessions at once,
 * whatever they are doing; a sandbox ends with all that is in it:
 * https://www.postgresql.org/docs/current/server-shutdown.html
 */
const KEEPER = `
folder=$1; shift
trap '' INT TERM HUP
ulimit -c 0
ulimit -f 1048576 2>/dev/null
ulimit -v 4194304 2>/dev/null
complete=
if read -r sandbox; then
  while IFS= read -r word; do
    if [ -z "$word" ]; then complete=yes; break; fi
    set -- "$@" "$word"
  done
fi
if [ -n "$complete" ]; then
  if [ "$sandbox" = plain ]; then : >"$folder/plain"; fi
  "$@" </dev/null &
  server=$!
  exec 2>/dev/null
  while read -r _; do :; done
  if [ "$sandbox" = plain ]; then signal=QUIT; else signal=KILL; fi
  kill "-$signal" "$server"
  wait "$server"
fi
${REMOVE_FOLDER}`;

/** Longest time for a start, and for an end, in ms. */
const PATIENCE_MS = 30_000;
/** How long a keeper that was killed takes to be gone, at most. */
const KILLED_MS = 5_000;
const READY = "database system is ready to accept connections";
const MOST_STDERR = 8_000;

/**
 * A server in a process of its own, and the shell that keeps it: nothing of it outlives this program.
 * The keeper is started before the data directory is made, so that the folder is removed in any case.
 */
export class PostgresServer {
  readonly #surroundings: Surroundings;
  readonly #patienceMs: number;
  readonly #keeper: ChildProcess;
  readonly #exited: Promise<unknown>;
  #stderr = "";
  #ready: () => void = () => undefined;

  /** `patienceMs`: how long an end may take before everything is killed. */
  constructor(surroundings: Surroundings, patienceMs = PATIENCE_MS) {
    this.#surroundings = surroundings;
    this.#patienceMs = patienceMs;
    const { folder, user } = surroundings;
    this.#keeper = spawn("/bin/sh", ["-c", KEEPER, "sh", folder], {
      cwd: "/",
      env: {},
      // Out of reach of the terminal's signals.
      detached: true,
      stdio: ["pipe", "ignore", "pipe"],
      ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
    });
    this.#exited = once(this.#keeper, "close").catch(() => undefined);
    this.#keeper.stdin?.on("error", () => undefined);
    this.#keeper.stderr?.setEncoding("utf8").on("data", (text: string) => this.#read(text));
    this.#keeper.stderr?.on("close", () => this.#ready());
  }

  /** Starts the server on its data directory. Throws an Error with what it complained about. */
  async start({ kind, wrapper }: Sandbox): Promise<void> {
    const ready = new Promise<void>((resolve) => {
      this.#ready = resolve;
    });
    const timer = setTimeout(this.#ready, PATIENCE_MS);
    const words = [kind, ...this.#command(wrapper)];
    if (words.some((word) => word === "" || word.includes("\n"))) {
      throw new Error("a path holds the end of a line");
    }
    this.#keeper.stdin?.write(`${words.join("\n")}\n\n`);
    await ready;
    clearTimeout(timer);
    if (this.#stderr.includes(READY)) return;
    throw new Error(`postgres did not start: ${this.#stderr.trim()}`);
  }

  #command(wrapper: readonly string[]): string[] {
    const { binaries, folder, data, environment } = this.#surroundings;
    const all = [...socketSettings(folder), ...serverSettings(binaries.major)];
    const settings = all.flatMap((setting) => ["-c", setting]);
    const server = [...wrapper, join(binaries.bin, "postgres"), "-D", data, ...settings];
    // Apple's shell loses the path of libraries, but hands on what it sets itself.
    const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    return variables.length === 0 ? server : ["env", ...variables, ...server];
  }

  /** Ends everything and removes the folder. Throws an Error when it does not end. */
  async stop(): Promise<void> {
    this.#keeper.stdin?.end();
    await this.#exitedWithin(this.#patienceMs);
    if (this.#keeper.exitCode !== null || this.#keeper.pid === undefined) return;
    process.kill(-this.#keeper.pid, "SIGKILL");
    await this.#exitedWithin(KILLED_MS);
    const { folder, user } = this.#surroundings;
    // The keeper may have been in the middle of removing it, and sessions may be left of a server.
    await removeFolder(folder, user);
    throw new Error(`the server in ${folder} did not end and was killed`);
  }

  async #exitedWithin(ms: number): Promise<void> {
    await Promise.race([this.#exited, once(AbortSignal.timeout(ms), "abort")]);
  }

  /** What is read after the start can be as much as SQL likes. */
  #read(text: string): void {
    if (this.#stderr.length < MOST_STDERR) this.#stderr += text.slice(0, MOST_STDERR);
    if (this.#stderr.includes(READY)) this.#ready();
  }
}

/** Reachable is only its socket. */
function socketSettings(folder: string): string[] {
  return [
    "listen_addresses=",
    `unix_socket_directories=${folder}`,
    "unix_socket_permissions=0700",
    // In the data directory, so that it goes with it.
    "dynamic_shared_memory_type=mmap",
    // Of what the log says only the start is read.
    "log_min_messages=log",
  ];
}
