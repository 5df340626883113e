// Runs the committed dist/ from a bare clone in an empty folder, without node_modules: what a user
// of the repository's URL gets.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "migrate-verify-smoke-"));
try {
  const clone = join(folder, "clone");
  execFileSync("git", ["clone", "--quiet", "--no-hardlinks", root, clone], { stdio: "inherit" });
  const migration = "examples/shop/db/migrations/000007_orders_shipped_at.up.sql";
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(clone, "dist", "cli.js"), "check", join(clone, migration), "--format", "json"],
    { cwd: folder, encoding: "utf8" },
  );
  const verdict = status === 0 ? JSON.parse(stdout).verdict : undefined;
  if (verdict !== "pass") throw new Error(`exit status ${status}\n${stdout}\n${stderr}`);
  console.log(`dist/cli.js check ${migration}: ${verdict}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
