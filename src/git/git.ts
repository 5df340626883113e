import { execFile } from "node:child_process";
import { UserError } from "../core/user-error.ts";

/** What a call of git came to. `status` is its exit status. */
export interface GitResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const TIMEOUT_MS = 60_000;
const MOST_OUTPUT_BYTES = 256 * 1024 * 1024;

/**
 * Runs git in a folder, without a shell, a pager, a prompt or a lock on the index. Throws UserError
 * when there is no git, and when it does not end in time.
 */
export function git(folder: string, args: readonly string[]): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const options = {
      cwd: folder,
      timeout: TIMEOUT_MS,
      maxBuffer: MOST_OUTPUT_BYTES,
      encoding: "utf8" as const,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" },
    };
    execFile("git", ["--no-pager", ...args], options, (error, stdout, stderr) => {
      if (error === null) resolve({ status: 0, stdout, stderr });
      else if (typeof error.code === "number") resolve({ status: error.code, stdout, stderr });
      else reject(failure(error));
    });
  });
}

function failure(error: Error & { readonly code?: unknown; readonly killed?: boolean }): Error {
  if (error.code === "ENOENT") {
    return new UserError("git was not found, and without it the change cannot be known.", {
      hint: "Install git, or name the changed files: migrate-verify check FILE…",
    });
  }
  if (error.killed === true) {
    return new UserError(`git did not end within ${TIMEOUT_MS / 1000} s.`, { exitCode: 3 });
  }
  return error;
}
