import { describe, expect, it } from "@jest/globals";
import { leftAloneOf, unreadOf } from "../../src/review/unread.ts";
import { detectProjects } from "../../src/sources/detect.ts";
import type { FileChanges } from "../../src/sources/files.ts";
import { projectsOfFiles } from "../../src/sources/named.ts";
import { scriptsForPostgres } from "../../src/sources/scripts-for-postgres.ts";
import { onlyProject, repository, tableOf } from "./repository.ts";

const MIXED = [
  "1_users.up.sql",
  "1_users.down.sql",
  "2_ids.postgres.up.sql",
  "2_ids.postgres.down.sql",
  "2_ids.mysql.up.sql",
  "2_ids.sqlite3.up.sql",
  "2_ids.cockroach.autocommit.up.sql",
  "3_names.up.sql",
  "3_names.sqlite.up.sql",
  "4_keys.up.sql",
  "4_keys.down.sql",
  "4_keys.pg.autocommit.up.sql",
  "notes.sql",
];

const texts = (paths: readonly string[], folder: string) =>
  repository(Object.fromEntries(paths.map((path) => [`${folder}/${path}`, "SELECT 1;"])));

const changed = (paths: readonly string[]): FileChanges =>
  new Map(paths.map((path) => [path, "added" as const]));
const pathsOf = (some: readonly { readonly path: string }[]) => some.map(({ path }) => path);

describe("a folder that holds migrations for several databases", () => {
  it.each(["db/migrations", "sql/migrations"])("is read for PostgreSQL: %s", (folder) => {
    const project = onlyProject(texts(MIXED, folder));
    expect(tableOf(project).map((line) => line.replace(/ \|.*\| /, " | "))).toEqual([
      "1_users | 1_users.down.sql (no tx, script)",
      "2_ids.postgres | 2_ids.postgres.down.sql (no tx, script)",
      "3_names | missing",
      "4_keys.pg.autocommit | 4_keys.down.sql (no tx, script)",
    ]);
    const left = project.ignored.filter(({ leftAlone }) => leftAlone === true);
    expect(left.map(({ path, reason }) => `${path.split("/").at(-1)}: ${reason}`)).toEqual([
      "2_ids.cockroach.autocommit.up.sql: its name says that it is for CockroachDB",
      "2_ids.mysql.up.sql: its name says that it is for MySQL",
      "2_ids.sqlite3.up.sql: its name says that it is for SQLite",
      "3_names.sqlite.up.sql: its name says that it is for SQLite",
      "4_keys.up.sql: PostgreSQL has a file of its own for this version",
    ]);
  });

  it.each([
    ["one database's name may be what it is about", ["1_a.up.sql", "2_copy.mysql.up.sql"]],
    ["nothing is PostgreSQL's", ["1_a.mysql.up.sql", "1_a.sqlite.up.sql"]],
    ["a title with a point", ["1_a.postgres.up.sql", "2_mysql.copy.up.sql"]],
    ["no number", ["1_a.postgres.up.sql", "notes.mysql.sql"]],
  ])("everything is read where %s", (_, files) => {
    expect(scriptsForPostgres(files)).toEqual({ own: files, left: [] });
  });
});

describe("what is for another database", () => {
  const files = texts(["postgres/1_a.up.sql", "mysql/1_a.up.sql", "sqlite/db/1_a.up.sql"], "m");
  const told = (repo: typeof files, paths: readonly string[]) => {
    const changes = changed(paths);
    const { projects, unclaimed } = detectProjects(repo, [], changes);
    const change = { files: repo, changes, since: "main" };
    return {
      left: pathsOf(leftAloneOf(change, projects, unclaimed)),
      unread: pathsOf(unreadOf(change, projects, unclaimed, { baseline: undefined, lint: true })),
    };
  };

  it("is left alone, and named, beside a folder for PostgreSQL", () => {
    expect(told(files, files.paths)).toEqual({
      left: ["m/mysql/1_a.up.sql", "m/sqlite/db/1_a.up.sql"],
      unread: [],
    });
  });

  it("is not read where there is none for PostgreSQL", () => {
    const alone = texts(["mysql/1_a.up.sql", "postgres/notes.txt"], "m");
    expect(told(alone, alone.paths)).toEqual({ left: [], unread: ["m/mysql/1_a.up.sql"] });
  });

  it("is left alone, and named, in a folder for several", () => {
    const mixed = texts(["1_a.postgres.up.sql", "1_a.mysql.up.sql"], "migrations");
    expect(told(mixed, mixed.paths)).toEqual({ left: ["migrations/1_a.mysql.up.sql"], unread: [] });
  });

  it.each([
    ["in a folder for several", "migrations/1_a.mysql.up.sql"],
    ["in a folder of its own", "m/mysql/1_a.up.sql"],
    ["of another version", "migrations/2_b.mysql.up.sql"],
  ])("is not read, which fails, where PostgreSQL's did not change with it: %s", (_, path) => {
    const repo = repository({
      "migrations/1_a.postgres.up.sql": "SELECT 1;",
      "migrations/1_a.mysql.up.sql": "SELECT 1;",
      "migrations/2_b.mysql.up.sql": "SELECT 1;",
      "m/postgres/1_a.up.sql": "SELECT 1;",
      "m/mysql/1_a.up.sql": "SELECT 1;",
    });
    const others = path.includes("2_b") ? ["migrations/1_a.postgres.up.sql"] : [];
    expect(told(repo, [path, ...others])).toEqual({ left: [], unread: [path] });
  });

  it("is no deleted migration when it goes, PostgreSQL's is", () => {
    const mixed = texts(["1_a.postgres.up.sql"], "migrations");
    const gone = ["2_b.mysql.up.sql", "2_b.postgres.up.sql", "3_c.sqlite.down.sql"];
    const changes: FileChanges = new Map(
      gone.map((file) => [`migrations/${file}`, "deleted" as const]),
    );
    const { projects } = detectProjects(mixed, [], changes);
    expect(projects.flatMap(({ faults }) => faults.map(({ path }) => path))).toEqual([
      "migrations/2_b.postgres.up.sql",
    ]);
  });

  it.each([
    ["in a folder of its own", files, "m/mysql/1_a.up.sql"],
    [
      "in a folder for several",
      texts(["1_a.postgres.up.sql", "1_a.mysql.up.sql"], "migrations"),
      "migrations/1_a.mysql.up.sql",
    ],
  ])("is not read, which fails, when somebody names it: %s", (_, repo, path) => {
    const { projects, unclaimed } = projectsOfFiles(repo, [path], []);
    const change = { files: repo, changes: changed([path]), since: "named" };
    const unread = unreadOf(change, projects, unclaimed, { baseline: undefined, lint: true });
    expect(unread.map((file) => file.path)).toEqual([path]);
    expect(leftAloneOf(change, projects, unclaimed)).toEqual([]);
  });
});
