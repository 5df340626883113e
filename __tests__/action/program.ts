import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtOnce } from "../build-cache.ts";
import type { GitHubPeer, SentEvent } from "../github/peer/github-peer.ts";
import type { Repository } from "../github/peer/repository.ts";

/** How a run of the Action ended. */
export interface ActionRun {
  readonly status: number;
  readonly stdout: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The job's summary. */
  readonly summary: string;
}

export interface ActionOptions {
  readonly event: SentEvent;
  readonly token: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** The job's checkout; default: an empty folder. */
  readonly workspace?: string;
  /** `GITHUB_SHA`. */
  readonly sha?: string;
  readonly run?: number;
}

/** A runner's folders and files for the Action, which runs as a process of its own against the peer. */
export class Runner implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "migrate-verify-runner-"));
  readonly #peer: GitHubPeer;
  readonly #repository: Repository;

  constructor(peer: GitHubPeer, repository: Repository) {
    this.#peer = peer;
    this.#repository = repository;
  }

  /** Writes a file into the runner's folder, and gives its path. */
  write(name: string, content: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  /** Runs the bundled Action as the runner does. */
  async run(options: ActionOptions): Promise<ActionRun> {
    const { event, token, inputs = {}, run = 77, sha } = options;
    const workspace = options.workspace ?? join(this.folder, "workspace");
    mkdirSync(workspace, { recursive: true });
    const env = {
      PATH: process.env["PATH"],
      HOME: this.folder,
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: this.#peer.url,
      GITHUB_GRAPHQL_URL: `${this.#peer.url}/graphql`,
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: this.#repository.fullName,
      GITHUB_EVENT_NAME: event.event,
      GITHUB_EVENT_PATH: this.write("event.json", JSON.stringify(event.payload)),
      GITHUB_RUN_ID: String(run),
      GITHUB_WORKSPACE: workspace,
      GITHUB_STEP_SUMMARY: this.write("summary.md", ""),
      GITHUB_OUTPUT: this.write("output.txt", ""),
      RUNNER_TEMP: this.folder,
      ...(sha === undefined ? {} : { GITHUB_SHA: sha }),
      ...Object.fromEntries(
        Object.entries({ token, ...inputs }).map(([name, value]) => [
          `INPUT_${name.toUpperCase()}`,
          value,
        ]),
      ),
    };
    const { status, stdout } = await this.#start(workspace, env);
    return {
      status,
      stdout,
      outputs: readOutputs(this.read("output.txt")),
      summary: this.read("summary.md"),
    };
  }

  #start(
    cwd: string,
    env: Record<string, string | undefined>,
  ): Promise<{ readonly status: number; readonly stdout: string }> {
    const program = join(builtOnce("cli", "scripts/build-cli.mjs", ["src", "rules"]), "action.js");
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        [program],
        { cwd, env, encoding: "utf8" },
        (error, stdout, stderr) => {
          const status = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
          resolve({ status, stdout: stdout + stderr });
        },
      );
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Reads `name<<delimiter\nvalue\ndelimiter`. */
function readOutputs(text: string): Record<string, string> {
  const found = text.matchAll(/^([\w-]+)<<(\S+)\n([^]*?)\n\2$/gm);
  return Object.fromEntries([...found].map(([, name = "", , value = ""]) => [name, value]));
}
