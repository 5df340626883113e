// Lints and verifies the examples with the built command line, as a user would, and fails
// when one of them does not end as it should.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const cli = join(root, "dist", "cli.js");

const DEMOS = [
  {
    title: "A shop on golang-migrate, every migration by the book",
    arguments: ["check", "--all", "examples/shop"],
    exit: 0,
  },
  {
    title: "A blog on Prisma, and the migration that its generator wrote last",
    arguments: ["check", "examples/blog/prisma/migrations/20260301080000_post_views/migration.sql"],
    exit: 1,
  },
  {
    title: "A market on Django: what its newest migration sends, without a Python in sight",
    arguments: ["check", "examples/market/catalog/migrations/0003_unique_sku.py"],
    exit: 1,
  },
  {
    title: "Down halves of every kind, as the comment on the pull request",
    arguments: ["verify", "--all", "examples/broken", "--format", "markdown"],
    exit: 1,
  },
];

for (const demo of DEMOS) {
  console.log(`\n\u2014\u2014 ${demo.title}\n$ migrate-verify ${demo.arguments.join(" ")}\n`);
  const { status } = spawnSync(process.execPath, [cli, ...demo.arguments], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== demo.exit) {
    console.error(`\nThis ended with exit status ${status}; ${demo.exit} was expected.`);
    process.exitCode = 1;
  }
}
