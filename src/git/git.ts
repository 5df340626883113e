import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { UserError } from "../core/user-error.ts";

/** What a call of git came to. `status` is its exit status. */
export interface GitResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const TIMEOUT_MS = 60_000;
const MOST_OUTPUT_BYTES = 256 * 1024 * 1024;

/** Over what a person or a repository configured: no quoted names, and no program of theirs for the state of files. */
const SETTINGS = ["core.quotePath=false", "core.fsmonitor=false"].flatMap((one) => ["-c", one]);

/**
 * Runs git in a folder, without a shell, a pager, a prompt or a lock on the index. Throws UserError
 * when there is no such folder, no git, when it does not end in time, and when it says more than
 * can be held.
 */
export function git(folder: string, args: readonly string[]): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    refuseNoFolder(folder);
    const options = {
      cwd: folder,
      timeout: TIMEOUT_MS,
      maxBuffer: MOST_OUTPUT_BYTES,
      encoding: "utf8" as const,
      env: environment(),
      windowsHide: true,
    };
    execFile("git", ["--no-pager", ...SETTINGS, ...args], options, (error, stdout, stderr) => {
      if (error === null) resolve({ status: 0, stdout, stderr });
      else if (typeof error.code === "number") resolve({ status: error.code, stdout, stderr });
      else reject(failure(error));
    });
  });
}

/**
 * What git printed. Throws UserError also where it failed: a repository that lacks objects, as a
 * partial clone does that cannot reach its origin, is nobody's bug here.
 */
export async function gitOutput(folder: string, args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await git(folder, args);
  if (status === 0) return stdout;
  const [said = ""] = stderr.trim().split("\n");
  throw new UserError(`git ${args[0] ?? ""} failed in ${folder}: ${said}`, {
    hint: "`git fsck` tells what the repository lacks; a partial clone has to reach its origin.",
    exitCode: 3,
  });
}

/** What a hook sets (GIT_DIR, GIT_INDEX_FILE) stays: it says which repository is meant. */
function environment(): NodeJS.ProcessEnv {
  const { GIT_EXTERNAL_DIFF: _diff, GIT_TRACE: _trace, ...rest } = process.env;
  return { ...rest, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" };
}

/** A folder that cannot be entered would be reported as if there were no git. */
function refuseNoFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) throw new UserError(`There is no folder ${folder}.`);
  if (!found.isDirectory()) throw new UserError(`${folder} is not a folder.`);
}

function failure(error: Error & { readonly code?: unknown; readonly killed?: boolean }): Error {
  if (error.code === "ENOENT") {
    return new UserError("git was not found, and without it the change cannot be known.", {
      hint: "Install git, or name the changed files: migrate-verify check FILE…",
    });
  }
  if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") {
    return new UserError(`git said more than ${MOST_OUTPUT_BYTES} bytes.`, { exitCode: 3 });
  }
  if (error.killed === true) {
    return new UserError(`git did not end within ${TIMEOUT_MS / 1000} s.`, { exitCode: 3 });
  }
  return error;
}
