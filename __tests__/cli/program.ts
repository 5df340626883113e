import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { builtOnce } from "../build-cache.ts";

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where the program may keep compiled code: not in the folder under test. */
const CACHES = join(tmpdir(), "migrate-verify-test-caches");

/** Runs the command line, bundled from the sources as they are now, as a process of its own. */
export function migrateVerify(cwd: string, ...args: readonly string[]): Ended {
  return migrateVerifyWith({}, cwd, ...args);
}

/** The same with variables in its environment. */
export function migrateVerifyWith(
  env: Readonly<Record<string, string>>,
  cwd: string,
  ...args: readonly string[]
): Ended {
  const program = join(builtOnce("cli", "scripts/build-cli.mjs", ["src", "rules"]), "cli.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: cwd, XDG_CACHE_HOME: CACHES, ...env },
  });
  return { status, stdout, stderr };
}

/** A folder with files, gone when it is disposed of. */
export class TemporaryFolder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), "migrate-verify-test-"));

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  write(path: string, content: string | Uint8Array): void {
    const file = join(this.path, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** Runs git in it. Throws when git fails. */
  git(...args: readonly string[]): string {
    const identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"];
    const { status, stdout, stderr } = spawnSync("git", [...identity, ...args], {
      cwd: this.path,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
    return stdout;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Whether git is installed; what needs it is skipped by name where it is not. */
export const HAS_GIT = spawnSync("git", ["--version"]).status === 0;
