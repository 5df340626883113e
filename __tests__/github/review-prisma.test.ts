import { afterAll, beforeAll, expect, it, jest, describe } from "@jest/globals";
import { reviewPull } from "../../src/github/review-pull.ts";
import { HAS_GIT } from "../git/temporary-folder.ts";
import { compareModels } from "../model-comparer.ts";
import { appOctokit, appTools } from "./app-tools.ts";
import { GitHubPeer } from "./peer/github-peer.ts";

jest.setTimeout(120_000);

const SCHEMA = `datasource db {
  provider = "postgresql"
}

model Order {
  id   Int     @id @default(autoincrement())
  note String?

  @@map("orders")
}
`;
const M = "prisma/migrations";

(HAS_GIT ? describe : describe.skip)("a pull request of a Prisma project", () => {
  let peer: GitHubPeer;
  beforeAll(async () => {
    peer = await GitHubPeer.start();
  });
  afterAll(async () => {
    await peer[Symbol.asyncDispose]();
  });

  async function comment(name: string, change: Readonly<Record<string, string>>): Promise<string> {
    const repository = peer.repository(`acme/${name}`, {
      "prisma/schema.prisma": SCHEMA,
      [`${M}/migration_lock.toml`]: 'provider = "postgresql"\n',
      [`${M}/20260101000000_init/migration.sql`]:
        "CREATE TABLE orders (id serial PRIMARY KEY, note text);\n",
      "queries/orders.sql": "-- name: Notes :many\nSELECT note FROM orders;\n",
      "migrate-verify.yml":
        "compat: { queries: [queries/*.sql] }\nverify: { seed: [seed/*.sql] }\n",
      "seed/orders.sql": "INSERT INTO orders (note) VALUES ('a'), ('b');\n",
    });
    const pull = peer.person("alice").openPull(repository, change);
    const job = {
      kind: "review",
      repo: { owner: "acme", name },
      pull: pull.number,
      head: pull.head.sha,
      reason: "test",
      mode: "check",
    } as const;
    await reviewPull(appOctokit(peer, repository), job, appTools({ compareModels }));
    return repository.comments.at(-1)?.body ?? "";
  }

  it("is tried with the code of the base branch, rows of its own, and models", async () => {
    const text = await comment("drops", {
      "prisma/schema.prisma": SCHEMA.replace("  note String?\n", ""),
      "queries/orders.sql": "-- name: Ids :many\nSELECT id FROM orders;\n",
      [`${M}/20260102000000_note/migration.sql`]: "ALTER TABLE orders DROP COLUMN note;\n",
    });
    expect(text).toContain("The release before stops working: 7 of its 7 statements no longer run");
    expect(text).toContain("orders.note with 2 values, line 1");
    expect(text).toContain("✅ The migrations build what prisma/schema.prisma says");
    expect(text).toContain("A down script for");
  });

  it("is told that a migration is missing where only the models change", async () => {
    const text = await comment("forgets", {
      "prisma/schema.prisma": SCHEMA.replace("note String?", "note String?\n  paid Boolean?"),
    });
    expect(text).toContain("⚠️ The migrations do not build what prisma/schema.prisma says");
    expect(text).toContain('ALTER TABLE "orders" ADD COLUMN     "paid" BOOLEAN;');
  });
});
