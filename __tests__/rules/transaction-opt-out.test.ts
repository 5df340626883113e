import { describe, expect, it } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import { lintProject } from "../../src/core/lint.ts";
import { type Framework, FRAMEWORKS } from "../../src/core/migration.ts";
import { aloneInMigration } from "../../src/core/transaction-opt-out.ts";
import { loadParser } from "../../src/parser/parse-script.ts";
import { detectProjects } from "../../src/sources/detect.ts";

/*
 * Who does what a finding says about a framework's transaction gets no finding: the words that the
 * rules use and the marks that the sources read are the same.
 */

const parser = await loadParser();
const TABLE = "CREATE TABLE t (id int);\n";
const PLAIN = "CREATE INDEX i ON t (id);\n";
const CONCURRENT = "CREATE INDEX CONCURRENTLY i ON t (id);\n";

/** The files of a project whose second migration is this statement, as the advice of `aloneInMigration` has it. */
const FILES: Readonly<
  Record<
    Exclude<Framework, "django" | "drizzle" | "node-pg-migrate">,
    (statement: string, optOut: boolean) => Readonly<Record<string, string>>
  >
> = {
  prisma: (statement) => ({
    "prisma/migrations/migration_lock.toml": 'provider = "postgresql"\n',
    "prisma/migrations/20250101000000_t/migration.sql": TABLE,
    "prisma/migrations/20250102000000_i/migration.sql": statement,
  }),
  "golang-migrate": (statement) => ({
    "db/migrations/1_t.up.sql": TABLE,
    "db/migrations/1_t.down.sql": "DROP TABLE t;",
    "db/migrations/2_i.up.sql": statement,
    "db/migrations/2_i.down.sql": "",
  }),
  dbmate: (statement, optOut) => ({
    "db/migrations/20250101000000_t.sql": `-- migrate:up\n${TABLE}\n-- migrate:down\n`,
    "db/migrations/20250102000000_i.sql": `-- migrate:up${optOut ? " transaction:false" : ""}\n${statement}\n-- migrate:down\n`,
  }),
  goose: (statement, optOut) => ({
    "migrations/00001_t.sql": `-- +goose Up\n${TABLE}`,
    "migrations/00002_i.sql": `${optOut ? "-- +goose NO TRANSACTION\n" : ""}-- +goose Up\n${statement}`,
  }),
  diesel: (statement, optOut) => ({
    "diesel.toml": "",
    "migrations/2025-01-01-000000_t/up.sql": TABLE,
    "migrations/2025-01-01-000000_t/down.sql": "DROP TABLE t;",
    "migrations/2025-01-02-000000_i/up.sql": statement,
    "migrations/2025-01-02-000000_i/down.sql": "",
    ...(optOut
      ? { "migrations/2025-01-02-000000_i/metadata.toml": "run_in_transaction = false\n" }
      : {}),
  }),
  sqlx: (statement, optOut) => ({
    "Cargo.toml": '[dependencies]\nsqlx = "0.8"\n',
    "migrations/20250101000000_t.sql": TABLE,
    "migrations/20250102000000_i.sql": `${optOut ? "-- no-transaction\n" : ""}${statement}`,
  }),
  flyway: (statement, optOut) => ({
    "db/migration/V1__t.sql": TABLE,
    "db/migration/V2__i.sql": statement,
    ...(optOut
      ? {
          "db/migration/V2__i.sql.conf": "executeInTransaction=false\n",
          "flyway.conf": "flyway.postgresql.transactional.lock=false\n",
        }
      : {}),
  }),
  supabase: (statement) => ({
    "supabase/config.toml": "",
    "supabase/migrations/20250101000000_t.sql": TABLE,
    "supabase/migrations/20250102000000_i.sql": statement,
  }),
  sql: (statement) => ({ "migrations/001_t.sql": TABLE, "migrations/002_i.sql": statement }),
};

/** The rules' findings about the second migration of these files. */
function found(framework: Framework, files: Readonly<Record<string, string>>): string[] {
  const { projects } = detectProjects(
    { paths: Object.keys(files).toSorted(), text: (path) => ({ text: files[path] ?? "" }) },
    [],
  );
  expect(projects.map((project) => project.framework)).toEqual([framework]);
  const migrations = projects.flatMap((project) => project.migrations);
  const { migrations: linted } = lintProject({
    framework,
    migrations: migrations.map((migration, index) => ({
      migration,
      change: index === 1 ? "added" : "unchanged",
      up: parser.parse(migration.up.text, migration.up),
      faults: [],
    })),
    rules,
    preset: "recommended",
    postgres: [],
    settingsOf: () => () => undefined,
    rows: () => undefined,
  });
  return linted
    .flatMap(({ findings }) => findings)
    .filter(({ rule }) => /concurrent/.test(rule))
    .map(({ rule, message }) => `${rule}: ${message}`);
}

describe.each(Object.entries(FILES))("%s", (name, files) => {
  const framework = FRAMEWORKS.find((one) => one === name) ?? "sql";

  it("asks for a concurrent index", () => {
    expect(found(framework, files(PLAIN, false))).toEqual([
      expect.stringMatching(/^require-concurrent-index: /),
    ]);
  });

  it("has nothing to say about who follows that", () => {
    expect(found(framework, files(CONCURRENT, true))).toEqual([]);
  });
});

describe("a statement beside another one", () => {
  it.each(Object.entries(FILES).filter(([name]) => name !== "goose" && name !== "flyway"))(
    "is told to %s's users to stand alone",
    (name, files) => {
      const framework = FRAMEWORKS.find((one) => one === name) ?? "sql";
      const [finding] = found(framework, files(`SELECT 1;\n${CONCURRENT}`, true));
      expect(finding).toMatch(/^no-concurrently-in-transaction: /);
      expect(finding).toContain(aloneInMigration(framework));
    },
  );
});

describe("CONCURRENTLY in the runner's transaction", () => {
  it.each(["dbmate", "goose", "diesel", "sqlx"] as const)(
    "is told to %s's users with the way out",
    (framework) => {
      const [finding] = found(framework, FILES[framework](CONCURRENT, false));
      expect(finding).toMatch(
        /^no-concurrently-in-transaction: .* opens one around this migration/,
      );
      expect(finding).toContain(aloneInMigration(framework));
    },
  );
});

describe("CONCURRENTLY beside a transaction that Flyway keeps open", () => {
  it.each([
    [CONCURRENT, ["no-concurrently-in-transaction: CREATE INDEX CONCURRENTLY never ends here"]],
    [
      "REINDEX INDEX CONCURRENTLY i;",
      ["no-concurrently-in-transaction: REINDEX CONCURRENTLY never ends here"],
    ],
    ["DROP INDEX CONCURRENTLY i;", []],
  ])("waits for ever, as seen with Flyway 11.8: %s", (statement, expected) => {
    const { "flyway.conf": lock, ...files } = FILES.flyway(statement, true);
    expect(lock).toBeDefined();
    expect(found("flyway", files).map((said) => said.replace(/(?<=here):.*/, ""))).toEqual(
      expected,
    );
  });
});
