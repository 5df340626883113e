import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import type { Sandbox } from "./sandbox.ts";
import type { Surroundings } from "./server-surroundings.ts";

/**
 * Waits for a line on standard input, then starts the server; when standard input ends, which it does
 * when the parent is gone, however it went, ends the server and removes its folder. SIGQUIT makes the
 * server end its sessions at once, whatever they are doing; a sandbox ends with all that is in it:
 * https://www.postgresql.org/docs/current/server-shutdown.html
 * Sessions outlive a server that was killed, and so does its segment of shared memory, which the
 * seventh line of postmaster.pid names.
 */
const KEEPER = `
folder=$1; sandbox=$2; shift 2
trap '' INT TERM HUP
ulimit -c 0
ulimit -f 1048576 2>/dev/null
ulimit -v 4194304 2>/dev/null
if read -r _; then
  "$@" </dev/null &
  server=$!
  exec 2>/dev/null
  while read -r _; do :; done
  if [ "$sandbox" = plain ]; then signal=QUIT; else signal=KILL; fi
  kill "-$signal" "$server"
  wait "$server"
  # Left behind by a server that was killed: a sandbox takes both with it.
  if [ "$sandbox" = plain ] && [ -e "$folder/data/postmaster.pid" ]; then
    for working in /proc/[0-9]*/cwd; do
      if [ "$(readlink "$working")" = "$folder/data" ]; then
        process=\${working%/cwd}
        kill -KILL "\${process#/proc/}"
      fi
    done
    segment=$(sed -n 7p "$folder/data/postmaster.pid")
    if [ -n "$segment" ]; then ipcrm -m "\${segment##* }"; fi
  fi
fi
rm -rf "$folder" || { sleep 1; rm -rf "$folder"; }
`;

/** Longest time for a start, and for an end, in ms. */
const PATIENCE_MS = 30_000;
const READY = "database system is ready to accept connections";
const MOST_STDERR = 8_000;

/**
 * A server in a process of its own, and the shell that keeps it: nothing of it outlives this program.
 * The keeper is started before the data directory is made, so that the folder is removed in any case.
 */
export class PostgresServer {
  readonly #surroundings: Surroundings;
  readonly #keeper: ChildProcess;
  readonly #exited: Promise<unknown>;
  #stderr = "";
  #ready: () => void = () => undefined;

  constructor(surroundings: Surroundings, sandbox: Sandbox) {
    this.#surroundings = surroundings;
    const { binaries, folder, data, user, environment } = surroundings;
    const settings = serverSettings(folder, binaries.major).flatMap((setting) => ["-c", setting]);
    const server = [...sandbox.wrapper, join(binaries.bin, "postgres"), "-D", data, ...settings];
    // Apple's shell loses the path of libraries, but hands on what it sets itself.
    const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    const command = variables.length === 0 ? server : ["env", ...variables, ...server];
    this.#keeper = spawn("/bin/sh", ["-c", KEEPER, "sh", folder, sandbox.kind, ...command], {
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
  async start(): Promise<void> {
    const ready = new Promise<void>((resolve) => {
      this.#ready = resolve;
    });
    const timer = setTimeout(this.#ready, PATIENCE_MS);
    this.#keeper.stdin?.write("start\n");
    await ready;
    clearTimeout(timer);
    if (this.#stderr.includes(READY)) return;
    throw new Error(`postgres did not start: ${this.#stderr.trim()}`);
  }

  /** Ends everything and removes the folder. Throws an Error when it does not end. */
  async stop(): Promise<void> {
    this.#keeper.stdin?.end();
    const patience = AbortSignal.timeout(PATIENCE_MS);
    await Promise.race([this.#exited, once(patience, "abort")]);
    if (this.#keeper.exitCode !== null || this.#keeper.pid === undefined) return;
    process.kill(-this.#keeper.pid, "SIGKILL");
    throw new Error(`the server in ${this.#surroundings.folder} did not end and was killed`);
  }

  /** What is read after the start can be as much as SQL likes. */
  #read(text: string): void {
    if (this.#stderr.length < MOST_STDERR) this.#stderr += text.slice(0, MOST_STDERR);
    if (this.#stderr.includes(READY)) this.#ready();
  }
}

/** How a server for some seconds is set: durable is nothing, reachable only its socket. */
function serverSettings(folder: string, major: number): string[] {
  return [
    "listen_addresses=",
    `unix_socket_directories=${folder}`,
    "unix_socket_permissions=0700",
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    // As in production: on `minimal`, what is made and filled in one transaction writes no log.
    "wal_level=replica",
    "max_wal_senders=0",
    "max_wal_size=128MB",
    "shared_buffers=32MB",
    // In the data directory, so that it goes with it.
    "dynamic_shared_memory_type=mmap",
    "autovacuum=off",
    "max_connections=20",
    "max_locks_per_transaction=512",
    "max_worker_processes=0",
    "max_parallel_workers=0",
    "max_parallel_workers_per_gather=0",
    "max_parallel_maintenance_workers=0",
    "restart_after_crash=off",
    "temp_file_limit=512MB",
    "jit=off",
    "timezone=UTC",
    "lc_messages=C",
    // Of what the log says only the start is read.
    "log_min_messages=log",
    "log_min_error_statement=panic",
    "log_checkpoints=off",
    // Whoever makes a role may hand objects over to it, as a superuser may.
    ...(major >= 16 ? ["createrole_self_grant=set,inherit"] : []),
  ];
}
