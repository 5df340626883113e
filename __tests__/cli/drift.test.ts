import { describe, expect, it } from "@jest/globals";
import { migrateVerify, TemporaryFolder } from "./program.ts";

const SCHEMA = `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

model Order {
  id   Int     @id @default(autoincrement())
  note String?

  @@map("orders")
}
`;
const MORE = SCHEMA.replace("note String?", "note String?\n  paid Boolean @default(false)");
const M = "prisma/migrations";
const FILES = {
  "prisma/schema.prisma": SCHEMA,
  [`${M}/migration_lock.toml`]: 'provider = "postgresql"\n',
  [`${M}/20260101000000_init/migration.sql`]:
    "CREATE TABLE orders (id serial PRIMARY KEY, note text);\n",
};
const PAID = "ALTER TABLE orders ADD COLUMN paid boolean NOT NULL DEFAULT false;\n";

/** A repository on a branch of its own, with what the change writes. */
function changed(
  files: Readonly<Record<string, string>>,
  base: Readonly<Record<string, string>> = {},
): TemporaryFolder {
  const folder = new TemporaryFolder({ ...FILES, ...base });
  folder.git("init", "-q", "-b", "main");
  folder.git("add", ".");
  folder.git("commit", "-q", "-m", "history");
  folder.git("checkout", "-q", "-b", "change");
  for (const [path, text] of Object.entries(files)) folder.write(path, text);
  return folder;
}

function verify(folder: TemporaryFolder, ...args: readonly string[]): string {
  return migrateVerify(folder.path, "check", "--engine", "pglite", ...args).stdout;
}

describe("models that changed without a migration", () => {
  it("are told with the SQL that is missing", () => {
    using folder = changed({ "prisma/schema.prisma": MORE });
    const text = verify(folder);
    expect(text).toContain("The migrations do not build what prisma/schema.prisma says");
    expect(text).toContain('    ALTER TABLE "orders" ADD COLUMN     "paid" BOOLEAN NOT NULL');
    expect(text).toContain("no migration changed; the models say something else");
    expect(migrateVerify(folder.path, "check", "--engine", "pglite").status).toBe(0);
    expect(
      migrateVerify(folder.path, "check", "--engine", "pglite", "--fail-on", "warning").status,
    ).toBe(1);
  });

  it("are told in the comment, with the SQL to copy", () => {
    using folder = changed({
      "prisma/schema.prisma": MORE.replace("note String?", "note String"),
      [`${M}/20260102000000_paid/migration.sql`]: PAID,
    });
    const text = verify(folder, "--format", "markdown");
    expect(text).toContain("⚠️ The migrations do not build what prisma/schema.prisma says");
    expect(text).toContain('ALTER TABLE "orders" ALTER COLUMN "note" SET NOT NULL;');
  });

  it("are not compared where the configuration says so", () => {
    using folder = changed({
      "prisma/schema.prisma": MORE,
      "migrate-verify.yml": "verify: { drift: off }\n",
    });
    expect(verify(folder)).toContain("no migration changed\n");
  });
});

describe("models that did not agree on the base branch", () => {
  const OLD = SCHEMA.replace("note String?", "note String?\n  old Int?");
  const OTHER = { [`${M}/20260102000000_other/migration.sql`]: "CREATE TABLE other (i int);\n" };

  it("are told as older, and fail nothing", () => {
    using folder = changed({}, { "prisma/schema.prisma": OLD });
    folder.write("prisma/schema.prisma", OLD.replace("old Int?", "old Int? // a note"));
    const text = verify(folder);
    expect(text).toMatch(/schema.prisma says: this was so\s+before\s+this change/);
    expect(text).toContain('ALTER TABLE "orders" ADD COLUMN     "old" INTEGER');
    expect(text).not.toContain("the models say something else");
    const strict = ["check", "--engine", "pglite", "--fail-on", "warning"];
    expect(migrateVerify(folder.path, ...strict).status).toBe(0);
  });

  it("are told apart from what the change brings", () => {
    const both = OLD.replace("old Int?", "old Int?\n  new Int?");
    using folder = changed(
      { "prisma/schema.prisma": both, ...OTHER },
      { "prisma/schema.prisma": OLD },
    );
    expect(verify(folder)).toMatch(/by\s+hand;\s+a\s+part\s+was\s+so\s+before/);
    const { projects } = JSON.parse(verify(folder, "--format", "json")) as {
      projects: { drift: { sql: string; older: string } }[];
    };
    const [{ drift } = { drift: { sql: "", older: "" } }] = projects;
    expect(drift.sql).toContain('ADD COLUMN     "new" INTEGER');
    expect(drift.older).toBe('-- AlterTable\nALTER TABLE "orders" ADD COLUMN     "old" INTEGER;');
  });
});

describe("models that come with their migration", () => {
  it("are told to agree", () => {
    using folder = changed({
      "prisma/schema.prisma": MORE,
      [`${M}/20260102000000_paid/migration.sql`]: PAID,
    });
    const text = verify(folder, "--format", "markdown");
    expect(text).toContain("✅ The migrations build what prisma/schema.prisma says");
  });

  it("are told not to be understood where they are not", () => {
    using folder = changed({
      "prisma/schema.prisma": `${MORE}\nmodel {`,
      [`${M}/20260102000000_paid/migration.sql`]: PAID,
    });
    const text = verify(folder, "--format", "markdown");
    expect(text).toContain(
      "➖ It could not be told whether prisma/schema.prisma and the migrations",
    );
    const { projects } = JSON.parse(verify(folder, "--format", "json")) as {
      projects: { drift: { reason: string } }[];
    };
    expect(projects[0]?.drift.reason).toContain("error:");
  });
});
