import { describe, expect, it } from "@jest/globals";
import { migrateVerify, TemporaryFolder } from "./program.ts";

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
const FILES = {
  "prisma/schema.prisma": SCHEMA,
  [`${M}/migration_lock.toml`]: 'provider = "postgresql"\n',
  [`${M}/20260101000000_init/migration.sql`]:
    "CREATE TABLE orders (id serial PRIMARY KEY, note text);\n",
  "queries/orders.sql": "-- name: Notes :many\nSELECT note FROM orders WHERE id = $1;\n",
  "migrate-verify.yml": "compat: { queries: [queries/*.sql] }\n",
};

describe("code of the base branch on the schema of the change", () => {
  it("is told where it stops, though the change mends both", () => {
    using folder = new TemporaryFolder(FILES);
    folder.git("init", "-q", "-b", "main");
    folder.git("add", ".");
    folder.git("commit", "-q", "-m", "history");
    folder.git("checkout", "-q", "-b", "change");
    folder.write("prisma/schema.prisma", SCHEMA.replace("  note String?\n", ""));
    folder.write("queries/orders.sql", "-- name: Ids :many\nSELECT id FROM orders;\n");
    folder.write(
      `${M}/20260102000000_note/migration.sql`,
      "-- a comment\nALTER TABLE orders DROP COLUMN note;\n",
    );
    const { status, stdout } = migrateVerify(folder.path, "verify", "--engine", "pglite");
    expect(stdout).toContain(`failed release before  ${M}/20260102000000_note/migration.sql:2`);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "The release before stops working: 7 of its 7 statements no longer run (Order.findMany,",
    );
    expect(status).toBe(1);
    const report = JSON.parse(
      migrateVerify(folder.path, "verify", "--engine", "pglite", "--format", "json").stdout,
    ) as {
      projects: { migrations: { verification: { release: { broken: { name: string }[] } } }[] }[];
    };
    const { broken = [] } = report.projects[0]?.migrations[0]?.verification.release ?? {};
    expect(broken.map(({ name }) => name)).toContain("Notes");
  });

  it("is said to run where it does", () => {
    using folder = new TemporaryFolder(FILES);
    folder.git("init", "-q", "-b", "main");
    folder.git("add", ".");
    folder.git("commit", "-q", "-m", "history");
    folder.git("checkout", "-q", "-b", "change");
    folder.write(
      `${M}/20260102000000_more/migration.sql`,
      "ALTER TABLE orders ADD COLUMN more text;\n",
    );
    const { stdout } = migrateVerify(
      folder.path,
      "verify",
      "--engine",
      "pglite",
      "--format",
      "markdown",
    );
    expect(stdout).toContain("✅ Statements of the release before still run (7 of 7)");
  });

  it("is told in what order it is rolled back", () => {
    using folder = new TemporaryFolder({
      "db/migrations/000001_orders.up.sql": "CREATE TABLE orders (id int PRIMARY KEY);\n",
      "db/migrations/000001_orders.down.sql": "DROP TABLE orders;\n",
      "queries/orders.sql": "-- name: All :many\nSELECT id FROM orders;\n",
      "migrate-verify.yml": "compat: { queries: [queries/*.sql] }\n",
    });
    folder.git("init", "-q", "-b", "main");
    folder.git("add", ".");
    folder.git("commit", "-q", "-m", "history");
    folder.git("checkout", "-q", "-b", "change");
    const paid = "db/migrations/000002_paid";
    folder.write(`${paid}.up.sql`, "ALTER TABLE orders ADD COLUMN paid boolean;\n");
    folder.write(`${paid}.down.sql`, "ALTER TABLE orders DROP COLUMN paid;\n");
    folder.write("queries/orders.sql", "-- name: Paid :many\nSELECT id FROM orders WHERE paid;\n");
    const { stdout, status } = migrateVerify(folder.path, "verify", "--engine", "pglite");
    expect(stdout).toContain("If it is rolled back");
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "000002_paid: roll the code back before the schema: 1 of the new release's 1 statement does not run after down (Paid), first by line 1 of down",
    );
    expect(status).toBe(0);
  });
});
