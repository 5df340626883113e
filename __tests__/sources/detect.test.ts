import { describe, expect, it } from "@jest/globals";
import { UserError } from "../../src/core/user-error.ts";
import { detectProjects } from "../../src/sources/detect.ts";
import type { FileChanges, RepositoryFiles } from "../../src/sources/files.ts";
import { repository } from "./repository.ts";

function found(files: RepositoryFiles): string[] {
  return detectProjects(files, []).projects.map(({ framework, root }) => `${framework} ${root}`);
}

function setting(path: string): Parameters<typeof detectProjects>[1] {
  return [{ path, framework: "dbmate", placeholders: {} }];
}

const GOOSE = "-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n";
const DBMATE = "-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n";

describe("a repository with several projects", () => {
  const files = repository({
    "migrations/0001_a.up.sql": "",
    "apps/shop/prisma/migrations/migration_lock.toml": 'provider = "postgresql"',
    "apps/shop/prisma/migrations/20250101000000_a/migration.sql": "",
    "crates/db/Cargo.toml": '[dependencies]\nsqlx = { features = ["postgres"] }',
    "crates/db/migrations/1_a.up.sql": "",
    "crates/garden/migrations/2025-01-01-000000_a/up.sql": "",
    "services/bees/src/main/resources/db/migration/V1__a.sql": "",
    "services/go/go.mod": "module x",
    "services/go/sql/00001_a.sql": GOOSE,
    "services/rooms/db/migrations/20250101000000_a.sql": DBMATE,
    "supabase/migrations/20250101000000_a.sql": "",
    "node_modules/x/migrations/0001_a.up.sql": "",
    "vendor/y/migrations/0001_a.up.sql": "",
    "a/vendor/z/migrations/0001_a.up.sql": "",
  });

  it("claims each folder once, and none of other people's code", () => {
    expect(found(files)).toEqual([
      "prisma apps/shop/prisma/migrations",
      "sqlx crates/db/migrations",
      "diesel crates/garden/migrations",
      "golang-migrate migrations",
      "flyway services/bees/src/main/resources/db/migration",
      "goose services/go/sql",
      "dbmate services/rooms/db/migrations",
      "supabase supabase/migrations",
    ]);
    expect(detectProjects(files, []).unclaimed).toEqual([]);
  });

  it("reads only the projects that a change touches", () => {
    const asked: string[] = [];
    const watched: RepositoryFiles = {
      paths: files.paths,
      text: (path) => {
        asked.push(path);
        return files.text(path);
      },
    };
    const changes: FileChanges = new Map([["migrations/0001_a.up.sql", "added"]]);
    const { projects } = detectProjects(watched, [], changes);
    expect(projects.map(({ root }) => root)).toEqual(["migrations"]);
    expect(asked).not.toContain("apps/shop/prisma/migrations/20250101000000_a/migration.sql");
    expect(asked).not.toContain("services/bees/src/main/resources/db/migration/V1__a.sql");
  });
});

it("needs the texts of a few files only to tell by which marks 500 are written", () => {
  const names = Array.from({ length: 500 }, (_, index) => `db/migrations/${index + 1}_a.sql`);
  const asked = new Set<string>();
  const files: RepositoryFiles = {
    paths: names.toSorted(),
    text: (path) => {
      asked.add(path);
      return { text: GOOSE };
    },
  };
  const { projects } = detectProjects(files, [], new Map());
  expect(projects).toEqual([]);
  expect(asked.size).toBeLessThan(10);
});

describe("numbered SQL files", () => {
  it.each([
    ["migrations/001_a.sql", "sql migrations"],
    ["db/migrate/001_a.sql", "sql db/migrate"],
    ["db/migrations/2025/001_a.sql", "sql db/migrations/2025"],
    ["anywhere/20250101120000_a.sql", "sql anywhere"],
    ["anywhere/001_a.up.sql", "golang-migrate anywhere"],
    ["anywhere/001.down.sql", "sql anywhere"],
  ])("%s are migrations", (path, project) => {
    expect(found(repository({ [path]: "" }))).toEqual([project]);
  });

  it.each([
    "anywhere/001_a.sql",
    "db/seeds/001_a.sql",
    "db/seeds/20250101120000_a.sql",
    "migrations/seeds/001_a.sql",
    "migrations/tests/extensions/001_a.sql",
    "db/queries/001_a.sql",
    "db/docker-entrypoint-initdb.d/001_a.sql",
    "db/001_only_one.sql",
    "queries/users.sql",
    "schema.sql",
    "migrations/schema.sql",
  ])("%s are none", (path) => {
    expect(detectProjects(repository({ [path]: "" }), [])).toMatchObject({
      projects: [],
      unclaimed: [],
    });
  });

  it("in a folder `database` are migrations when all of them are numbered", () => {
    expect(found(repository({ "database/1_a.sql": "", "database/2_b.sql": "" }))).toEqual([
      "sql database",
    ]);
    expect(
      found(repository({ "database/1_a.sql": "", "database/2_b.sql": "", "database/x.sql": "" })),
    ).toEqual([]);
    expect(found(repository({ "test/db/1_a.sql": "", "test/db/2_b.sql": "" }))).toEqual([]);
  });

  it("belong to node-pg-migrate where its package says so", () => {
    const files = { "package.json": '{"dependencies":{"node-pg-migrate":"8"}}' };
    expect(found(repository({ ...files, "migrations/1_a.sql": "" }))).toEqual([
      "node-pg-migrate migrations",
    ]);
    expect(found(repository({ ...files, "seeds/1_a.sql": "" }))).toEqual([]);
  });

  it("belong to the nearest manifest: a Go module in a Rust repository", () => {
    const files = {
      "Cargo.toml": 'sqlx = { features = ["postgres"] }',
      "go/go.mod": "",
      "go/migrations/1_a.up.sql": "",
      "migrations/1_a.up.sql": "",
    };
    expect(found(repository(files))).toEqual(["golang-migrate go/migrations", "sqlx migrations"]);
  });
});

describe("what looks like a migration and is not read", () => {
  it.each([
    ["no order", { "migrations/users.sql": "" }, /no number or date/],
    ["MySQL in the folder's name", { "migrations/mysql/1_a.up.sql": "" }, /for MySQL/],
    ["around the folder", { "sqlite3/db/migrations/1_a.up.sql": "" }, /for SQLite/],
    ["in a part of its name", { "server-sqlite/migrations/1_a.up.sql": "" }, /for SQLite/],
    [
      "Oracle beside PostgreSQL",
      { "m/oracle/1_a.up.sql": "", "m/postgres/1_a.up.sql": "" },
      /for Oracle/,
    ],
    [
      "SQLx with SQLite",
      { "Cargo.toml": 'sqlx = { features = ["sqlite"] }', "migrations/1_a.sql": "" },
      /SQLx with sqlite/,
    ],
    [
      "a journal of Drizzle's that is none",
      { "drizzle/0000_a.sql": "", "drizzle/meta/_journal.json": "{}" },
      /^Drizzle's drizzle\/meta\/_journal\.json is not read$/,
    ],
    [
      "Drizzle for another database",
      {
        "drizzle/0000_a.sql": "",
        "drizzle/meta/_journal.json": '{"dialect":"sqlite","entries":[]}',
      },
      /Drizzle's for sqlite/,
    ],
    [
      "sql-migrate",
      { "migrations/1_a.sql": "-- +migrate Up\nA;\n-- +migrate Down\nB;" },
      /sql-migrate/,
    ],
    ["MyBatis", { "migrations/1_a.sql": "A;\n-- //@UNDO\nB;" }, /MyBatis/],
    ["tern", { "migrations/1_a.sql": "A;\n---- create above / drop below ----\nB;" }, /tern/],
    ["Liquibase", { "migrations/1_a.sql": "--liquibase formatted sql\nA;" }, /Liquibase/],
  ])("%s", (_, texts, reason) => {
    const { projects, unclaimed } = detectProjects(repository(texts), []);
    expect(projects.filter(({ root }) => !root.includes("postgres"))).toEqual([]);
    expect(unclaimed).toHaveLength(1);
    expect(unclaimed[0]?.path).toMatch(/\.sql$/);
    expect(unclaimed[0]?.reason).toMatch(reason);
  });

  it.each([
    ["migrations/20240101000000_x.ts", "JavaScript and TypeScript"],
    ["src/db/migrations/20240101_x.mjs", "JavaScript and TypeScript"],
    ["migrations/1700000000000-AddUsers.js", "JavaScript and TypeScript"],
    ["shop/migrations/0001_initial.py", "Python that belong to no Django project"],
    ["alembic/versions/1975ea83b712_add_users.py", "Python that belong to no Django project"],
    ["db/migrate/20240101000000_add_users.rb", "Ruby"],
    ["database/migrations/2024_01_01_000000_add_users.php", "PHP"],
    ["Migrations/20240101000000_AddUsers.cs", "C#"],
    ["priv/repo/migrations/20240101000000_add_users.exs", "Elixir"],
    ["migration/src/migrations/m20240101_000001_add_users.rs", "Rust"],
  ])("in another language: %s", (path, language) => {
    expect(detectProjects(repository({ [path]: "" }), [])).toMatchObject({
      projects: [],
      unclaimed: [{ path, reason: `migrations in ${language} are not read yet` }],
    });
  });

  it.each([
    ["db/changelog/db.changelog-master.yaml", "databaseChangeLog:\n"],
    ["src/main/resources/liquibase/changelog-1.0.xml", "<databaseChangeLog></databaseChangeLog>"],
    ["db/changelog/001-users.sql", "--liquibase formatted sql\n--changeset a:1\n"],
    ["db/changelog/users.sql", "-- liquibase formatted sql\n"],
  ])("of Liquibase: %s", (path, text) => {
    const { projects, unclaimed } = detectProjects(repository({ [path]: text }), []);
    expect(projects).toEqual([]);
    expect(unclaimed).toEqual([{ path, reason: expect.stringMatching(/Liquibase/) }]);
  });

  it.each([
    ["migrations/000002_b.up.SQL", { "migrations/000001_a.up.sql": "" }],
    ["db/steps/000002_b.up.SQL", { "db/steps/000001_a.up.sql": "" }],
    ["p/2_b/migration.SQL", { "p/1_a/migration.sql": "" }],
    ["migrations/1_a.SQL", {}],
  ])("with an ending in capitals: %s", (path, texts) => {
    const { unclaimed } = detectProjects(repository({ ...texts, [path]: "" }), []);
    expect(unclaimed).toEqual([{ path, reason: expect.stringMatching(/small letters/) }]);
  });

  it("is read where the runner takes capitals too", () => {
    const files = repository({ "db/migration/V1__a.sql": "", "db/migration/V2__b.SQL": "" });
    const { projects, unclaimed } = detectProjects(files, []);
    expect(projects[0]?.migrations.map(({ up }) => up.path)).toEqual(files.paths);
    expect(unclaimed).toEqual([]);
  });

  it.each([
    "src/migrations/index.ts",
    "migrations/env.py",
    "migrations/__init__.py",
    "migrations/0001_x.test.ts",
    "migrations/20240101000000_x.d.ts",
    "migrations/20240101000000_AddUsers.Designer.cs",
    "migrations/__tests__/001_x.ts",
    "src/steps/001_x.ts",
    "api/versions/v1.ts",
    "api/versions/1_x.ts",
    "CHANGELOG.yml",
    "changelogs/changelog.yaml",
    "reports/001_x.SQL",
  ])("is not %s", (path) => {
    expect(detectProjects(repository({ [path]: "" }), [])).toMatchObject({
      projects: [],
      unclaimed: [],
    });
  });

  it.each([
    ["a price oracle", "services/oracle/migrations/1_a.up.sql"],
    ["PostgreSQL under a name of both", "mysql-to-postgres/migrations/1_a.up.sql"],
    ["Drizzle's name alone", "drizzle/migrations/1_a.up.sql"],
  ])("%s is read", (_, path) => {
    expect(found(repository({ [path]: "" }))).toHaveLength(1);
  });

  it("is not Prisma's where a snapshot lies beside the script", () => {
    const files = {
      "drizzle/20250101000000_a/migration.sql": "",
      "drizzle/20250101000000_a/snapshot.json": "",
    };
    expect(found(repository(files))).toEqual(["drizzle drizzle"]);
  });

  it("names every file that cannot be read, in any half", () => {
    const unreadable = { unreadable: "nul-byte", reason: "it holds a NUL byte" } as const;
    const files = repository({
      "migrations/1_a.up.sql": unreadable,
      "migrations/1_a.down.sql": "SELECT 1;",
      "migrations/2_b.up.sql": "SELECT 1;",
      "migrations/2_b.down.sql": { unreadable: "denied", reason: "reading it is not permitted" },
    });
    const [project] = detectProjects(files, []).projects;
    expect(project?.migrations.map(({ id, down }) => [id, down])).toEqual([["2_b", "missing"]]);
    expect(project?.ignored).toEqual([
      { path: "migrations/1_a.up.sql", reason: "it holds a NUL byte", gap: true },
      { path: "migrations/2_b.down.sql", reason: "reading it is not permitted", gap: true },
    ]);
  });

  it("names a file of another tool in a folder of plain SQL", () => {
    const texts = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [`migrations/${index}_a.sql`, "SELECT 1;"]),
    );
    const files = repository({ ...texts, "migrations/5_a.sql": GOOSE });
    const [project] = detectProjects(files, []).projects;
    expect(project).toMatchObject({ framework: "sql", migrations: { length: 8 } });
    expect(project?.ignored).toEqual([
      { path: "migrations/5_a.sql", reason: expect.stringMatching(/marks of goose/), gap: true },
    ]);
  });
});

describe("the configuration", () => {
  const files = repository({ "db/steps/a/001_x.sql": DBMATE, "db/steps/a/002_y.sql": "SELECT 1;" });

  it.each(["db/steps/a", "./db/steps/a/"])("says what a folder is: %s", (path) => {
    const { projects } = detectProjects(files, setting(path));
    expect(projects).toHaveLength(1);
    expect(projects[0]).toMatchObject({ framework: "dbmate", root: "db/steps/a" });
  });

  it("overrules detection, also of the database", () => {
    const mysql = repository({ "mysql/migrations/1_a.sql": DBMATE });
    const { projects, unclaimed } = detectProjects(mysql, setting("mysql/migrations"));
    expect([projects.length, unclaimed.length]).toEqual([1, 0]);
  });

  it("cannot name a folder without migrations", () => {
    const settings = setting("db/stepz");
    expect(() => detectProjects(files, settings)).toThrow(UserError);
    expect(() => detectProjects(files, settings)).toThrow(/db\/stepz.*holds no migrations/);
  });
});

describe("two migrations of one version", () => {
  it.each([
    ["golang-migrate", { "migrations/1_a.up.sql": "", "migrations/01_b.up.sql": "" }],
    ["goose", { "migrations/1_a.sql": GOOSE, "migrations/01_b.sql": GOOSE }],
    ["dbmate", { "migrations/1_a.sql": DBMATE, "migrations/1_b.sql": DBMATE }],
    ["sql", { "migrations/1_a.sql": "", "migrations/001_b.sql": "" }],
    ["supabase", { "supabase/migrations/1_a.sql": "", "supabase/migrations/1_b.sql": "" }],
    ["diesel", { "m/2025-01-01-000000_a/up.sql": "A;", "m/20250101000000_b/up.sql": "B;" }],
  ])("are faults at both: %s", (framework, texts) => {
    const [project] = detectProjects(repository(texts), []).projects;
    expect(project?.framework).toBe(framework);
    expect(project?.faults.map(({ kind, path }) => [kind, path]).toSorted()).toEqual(
      Object.keys(texts)
        .toSorted()
        .map((path) => ["duplicate-version", path]),
    );
  });

  it.each([
    [
      "dbmate takes 1 and 01 for two",
      { "migrations/1_a.sql": DBMATE, "migrations/01_b.sql": DBMATE },
    ],
    [
      "a day may have several",
      { "migrations/20250101_a.sql": "", "migrations/20250101_b.sql": "" },
    ],
    ["Prisma goes by the whole name", { "p/1_a/migration.sql": "", "p/1_b/migration.sql": "" }],
  ])("are none: %s", (_, texts) => {
    expect(detectProjects(repository(texts), []).projects[0]?.faults).toEqual([]);
  });
});
