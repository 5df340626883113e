import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";

import type { ProgramEnd, ProjectProgram, RunningProgram } from "../../verify/database.ts";
import { makeOwnFolder } from "../own-folder.ts";
import { findSandbox, type Sandbox, type Tenant } from "../sandbox.ts";
import type { ServerUser } from "../server-user.ts";
import { LineReader } from "./answer-lines.ts";
import { djangoRunner } from "./django-runner.ts";
import { findProgram, type FoundProgram } from "./find-program.ts";

/** Where the database is that the program is to work on, and as whom. */
export interface ProgramPlace {
  /** The folder of the socket. */
  readonly host: string;
  readonly port: number;
  readonly role: string;
  readonly database: string;
  /** Whom the server runs as; undefined: as who runs this program. */
  readonly user: ServerUser | undefined;
  /** Folders, as PATH has them, in which what makes a sandbox is looked for; by default the system's. */
  readonly sandboxPath?: string;
}

/** What a server may use, a program of the project may, too: no dumps, files of 512 MB, 4 GB of memory. */
const LIMITED = `ulimit -c 0; ulimit -f 1048576 2>/dev/null; ulimit -v 4194304 2>/dev/null; exec "$@"`;
const MOST_STDERR = 8_000;

/**
 * Starts a program of the project beside a server. Of the machine it has what the server has: no
 * network, an environment of its own, the system's programs, and to read the project and the folder
 * of its interpreter; the server's socket, and not its files. Throws an Error when there is no such program.
 */
export async function launchProgram(
  wish: ProjectProgram,
  place: ProgramPlace,
): Promise<RunningProgram> {
  const found = findProgram(wish.words[0] ?? "", wish.folder);
  const home = makeOwnFolder(tmpdir());
  const { user } = place;
  if (user !== undefined) chownSync(home, user.uid, user.gid);
  const word = randomBytes(16).toString("hex");
  const tenant = {
    program: found.path,
    reads: [...wish.reads, ...found.reads, `${place.host}/.s.PGSQL.${place.port}`],
    writes: home,
    user,
    environment: environmentOf(wish, found, place, { home, word }),
  } satisfies Tenant;
  const sandbox = await findSandbox(tenant, place.sandboxPath);
  return new LocalProgram(wish, tenant, sandbox, word);
}

function environmentOf(
  { environment }: ProjectProgram,
  { searched }: FoundProgram,
  { host, port, role, database }: ProgramPlace,
  { home, word }: { readonly home: string; readonly word: string },
): Record<string, string> {
  const url = `postgres://${role}@${encodeURIComponent(host)}:${port}/${database}`;
  const place = { NAME: database, USER: role, PASSWORD: "", HOST: host, PORT: String(port) };
  return {
    PATH: searched,
    HOME: home,
    TMPDIR: home,
    LANG: "C.UTF-8",
    PYTHONDONTWRITEBYTECODE: "1",
    DATABASE_URL: url,
    ...environment,
    MIGRATE_VERIFY_WORD: word,
    MIGRATE_VERIFY_DATABASE: JSON.stringify(place),
  };
}

class LocalProgram implements RunningProgram {
  readonly limits: readonly string[];
  readonly #process: ChildProcess;
  readonly #home: string;
  readonly #lines: LineReader;
  readonly #exited: Promise<unknown>;
  #stderr = "";
  #gone = false;

  constructor(
    wish: ProjectProgram,
    tenant: Tenant & { readonly writes: string },
    sandbox: Sandbox,
    word: string,
  ) {
    const { user, environment, writes } = tenant;
    const args = [...wish.words.slice(1), ...djangoRunner()];
    const command = [...sandbox.wrapper, tenant.program, ...args];
    this.limits = LIMITS[sandbox.kind](user?.name);
    this.#home = writes;
    this.#lines = new LineReader(`${word} `);
    this.#process = spawn("/bin/sh", ["-c", LIMITED, "sh", ...command], {
      cwd: wish.folder,
      env: environment,
      // A group of its own, which is ended as a whole.
      detached: true,
      ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
    });
    this.#exited = once(this.#process, "close").catch((error: unknown) => {
      this.#stderr += String(error);
    });
    void this.#afterwards();
    this.#process.stdin?.on("error", () => undefined);
    this.#process.stdout?.setEncoding("utf8").on("data", (text: string) => this.#lines.push(text));
    this.#process.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-MOST_STDERR);
    });
  }

  async ask(
    request: unknown,
    timeoutMs: number,
  ): Promise<{ readonly answer: string } | ProgramEnd> {
    if (!this.#gone) this.#process.stdin?.write(`${JSON.stringify(request)}\n`);
    const answer = this.#gone ? undefined : await this.#lines.next(timeoutMs);
    if (typeof answer === "string") return { answer };
    const ended = answer?.overdue === true ? "timeout" : "died";
    await this[Symbol.asyncDispose]();
    return { ended, complaint: this.#stderr.trim() };
  }

  async #afterwards(): Promise<void> {
    await this.#exited;
    this.#gone = true;
    this.#lines.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { pid } = this.#process;
    if (!this.#gone && pid !== undefined) {
      try {
        process.kill(-pid, "SIGKILL");
      } catch {
        // It ended by itself just now.
      }
    }
    await this.#exited;
    rmSync(this.#home, { recursive: true, force: true });
  }
}

/** What is less than everything, by what the machine granted. */
const LIMITS: Readonly<Record<Sandbox["kind"], (user: string | undefined) => string[]>> = {
  bwrap: () => [],
  unshare: (user) => [
    `The project's own program ran without network and apart from the machine's processes, but not from its files: it could read and write what ${user ?? "the user who ran this program"} may. With bubblewrap installed (\`bwrap\`) it cannot.`,
  ],
  plain: (user) => [
    `The project's own program ran as ${user ?? "the user who ran this program"}, with an environment of its own, but in no sandbox of the operating system, which grants none here.`,
  ],
};
