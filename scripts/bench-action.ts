/** The Action as a process, as the runner starts it: how long until it says something, and until it ends. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface ActionTiming {
  /** In ms, of each run. */
  readonly firstOutput: readonly number[];
  readonly end: readonly number[];
}

/** Runs dist/action.js on a small repository, everything in it taken as changed. */
export async function timeAction(program: string, runs: number): Promise<ActionTiming> {
  const folder = mkdtempSync(join(tmpdir(), "migrate-verify-bench-"));
  try {
    const workspace = join(folder, "workspace");
    mkdirSync(join(workspace, "migrations"), { recursive: true });
    const up = join(workspace, "migrations", "1_users.up.sql");
    writeFileSync(up, "CREATE TABLE users (id bigint PRIMARY KEY);\n");
    writeFileSync(join(workspace, "migrations", "1_users.down.sql"), "DROP TABLE users;\n");
    execFileSync("git", ["init", "--quiet"], { cwd: workspace });
    const firstOutput: number[] = [];
    const end: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const env = environment(folder, workspace);
      const startedAt = performance.now();
      const action = spawn(process.execPath, [program], { cwd: workspace, env });
      action.stderr.resume();
      await once(action.stdout, "data");
      firstOutput.push(performance.now() - startedAt);
      await once(action, "close");
      end.push(performance.now() - startedAt);
      if (action.exitCode !== 0) throw new Error(`the Action ended with ${action.exitCode}`);
    }
    return { firstOutput, end };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function environment(folder: string, workspace: string): NodeJS.ProcessEnv {
  const written = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  return {
    PATH: process.env["PATH"],
    HOME: folder,
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: "workflow_dispatch",
    GITHUB_EVENT_PATH: written("event.json", "{}"),
    GITHUB_REPOSITORY: "acme/shop",
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: written("output", ""),
    RUNNER_TEMP: folder,
    INPUT_ALL: "true",
  };
}
