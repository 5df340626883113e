import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

// A hook that runs the tests would point every git at its own repository.
for (const name of Object.keys(process.env)) if (name.startsWith("GIT_")) delete process.env[name];

/** Whether there is a git to test with. */
export const HAS_GIT = spawnSync("git", ["--version"]).status === 0;

/** A folder of its own under the system's temporary folder. */
export class TemporaryFolder implements Disposable {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "migrate-verify-")));

  path(name: string): string {
    return join(this.root, name);
  }

  write(name: string, content: string | Uint8Array): this {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), content);
    return this;
  }

  remove(name: string): this {
    rmSync(this.path(name), { recursive: true });
    return this;
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Settings that make git the same on every machine. */
const SETTINGS = [
  "user.name=Test",
  "user.email=test@example.test",
  "init.defaultBranch=main",
  "commit.gpgSign=false",
  "core.autocrlf=false",
  "protocol.file.allow=always",
].flatMap((setting) => ["-c", setting]);

/** A repository whose branch `main` has one commit with `db/1_a.sql`. */
export class TemporaryRepository extends TemporaryFolder {
  constructor() {
    super();
    this.git("init", "--quiet");
    this.write("db/1_a.sql", "CREATE TABLE a (id bigint);\n").commit();
  }

  git(...args: string[]): string {
    return execFileSync("git", [...SETTINGS, ...args], { cwd: this.root, encoding: "utf8" }).trim();
  }

  /** Commits everything. */
  commit(): this {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", "a commit");
    return this;
  }
}
