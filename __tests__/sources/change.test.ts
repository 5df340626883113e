import { describe, expect, it } from "@jest/globals";
import { changeOf } from "../../src/sources/change.ts";
import { detectProjects } from "../../src/sources/detect.ts";
import type { FileChange, RepositoryFiles } from "../../src/sources/files.ts";
import { onlyProject, repository } from "./repository.ts";

const files = repository({
  "db/migrations/1_a.up.sql": "",
  "db/migrations/1_a.down.sql": "",
  "db/migrations/2_b.up.sql": "",
});

const RENAMED = { renamedFrom: "db/migrations/9_a.up.sql" };
const RENAMED_DOWN = { renamedFrom: "db/migrations/9_a.down.sql" };

describe("what a change did to a migration", () => {
  it.each<[string, Record<string, FileChange>, string]>([
    ["nothing", {}, "unchanged"],
    ["another's file", { "db/migrations/2_b.up.sql": "modified" }, "unchanged"],
    [
      "added both",
      { "db/migrations/1_a.up.sql": "added", "db/migrations/1_a.down.sql": "added" },
      "added",
    ],
    ["edited up", { "db/migrations/1_a.up.sql": "modified" }, "modified"],
    ["edited down", { "db/migrations/1_a.down.sql": "modified" }, "down-modified"],
    [
      "added a down to an old migration",
      { "db/migrations/1_a.down.sql": "added" },
      "down-modified",
    ],
    [
      "renamed both",
      { "db/migrations/1_a.up.sql": RENAMED, "db/migrations/1_a.down.sql": RENAMED_DOWN },
      "renamed",
    ],
    ["renamed down", { "db/migrations/1_a.down.sql": RENAMED_DOWN }, "down-modified"],
    ...[
      "db/drafts/1_a.up.sql",
      "db/migrations/draft.sql",
      "db/migrations/1_a.txt",
      "1_a.up.sql",
    ].map((renamedFrom): [string, Record<string, FileChange>, string] => [
      `moved in from ${renamedFrom}`,
      { "db/migrations/1_a.up.sql": { renamedFrom } },
      "added",
    ]),
  ])("%s", (_, changes, expected) => {
    const project = onlyProject(files);
    const [migration] = project.migrations;
    const map = new Map(Object.entries(changes));
    expect(migration && changeOf(project, migration, map)).toBe(expected);
  });

  it.each([
    ["prisma", "p/migrations/20250102000000_b/migration.sql", "p/migrations/1_x/migration.sql"],
    ["diesel", "m/2025-01-02-000000_b/up.sql", "m/2025-01-01-000000_b/up.sql"],
    ["flyway", "db/migration/V2__b.sql", "db/migration/old/V1__b.sql"],
  ])("knows the old path of a renamed migration of %s", (framework, path, renamedFrom) => {
    const project = onlyProject(repository({ [path]: "SELECT 1;" }));
    const [migration] = project.migrations;
    expect(project.framework).toBe(framework);
    expect(migration && changeOf(project, migration, new Map([[path, { renamedFrom }]]))).toBe(
      "renamed",
    );
  });
});

function faults(changes: Record<string, FileChange>, of = files): [string, string][] {
  const { projects } = detectProjects(of, [], new Map(Object.entries(changes)));
  return projects.flatMap((project) =>
    project.faults.map(({ kind, path }): [string, string] => [kind, path]),
  );
}

describe("a migration whose file has another name", () => {
  it.each<[string, string, string, string]>([
    ["golang-migrate", "m/migrations/2_b.up.sql", "m/migrations/002_old.up.sql", "unchanged"],
    ["golang-migrate", "m/migrations/2_b.up.sql", "m/migrations/3_b.up.sql", "renamed"],
    ["diesel", "m/2025-01-02-000000_b/up.sql", "m/2025-01-02-000000_old/up.sql", "unchanged"],
    ["flyway", "db/migration/V2__b.sql", "db/migration/old/V2__b.sql", "unchanged"],
    ["flyway", "db/migration/V2__b.sql", "db/migration/V2__old.sql", "renamed"],
    ["prisma", "p/migrations/2_b/migration.sql", "p/migrations/2_old/migration.sql", "renamed"],
  ])("of %s: %s was %s", (framework, path, renamedFrom, expected) => {
    const project = onlyProject(repository({ [path]: "SELECT 1;" }));
    const [migration] = project.migrations.filter(({ up }) => up.path === path);
    const change = (sameText: boolean): string | undefined =>
      migration &&
      changeOf(
        project,
        migration,
        new Map([[path, { renamedFrom, ...(sameText ? { sameText } : {}) }]]),
      );
    expect(project.framework).toBe(framework);
    expect(change(true)).toBe(expected);
    expect(change(false)).toBe(expected === "unchanged" ? "modified" : expected);
  });
});

function told(of: RepositoryFiles, changes: Record<string, FileChange>): unknown {
  const map = new Map(Object.entries(changes));
  const project = detectProjects(of, [], map).projects.find(({ root }) => root === "db/migrations");
  return {
    changes: project?.migrations.map((migration) => changeOf(project, migration, map)),
    faults: project?.faults.map(({ path }) => path),
  };
}

describe("a project that was moved", () => {
  const moved = repository({
    "db/migrations/1_a.up.sql": "",
    "db/migrations/1_a.down.sql": "",
    "db/migrations/2_b.up.sql": "",
  });
  const CHANGES: Record<string, FileChange> = {
    "migrations/1_a.up.sql": "deleted",
    "migrations/1_a.down.sql": "deleted",
    "db/migrations/1_a.up.sql": { renamedFrom: "migrations/1_a.up.sql", sameText: true },
    "db/migrations/1_a.down.sql": { renamedFrom: "migrations/1_a.down.sql", sameText: true },
    "db/migrations/2_b.up.sql": "added",
  };

  it("has the migrations that it had, and new ones", () => {
    expect(told(moved, CHANGES)).toEqual({ changes: ["unchanged", "added"], faults: [] });
  });

  it("lost what did not come with it, and is edited where it was on the way", () => {
    const edited = { renamedFrom: "migrations/1_a.up.sql" };
    const changes: Record<string, FileChange> = {
      ...CHANGES,
      "db/migrations/1_a.up.sql": edited,
      "migrations/0_z.up.sql": "deleted",
    };
    expect(told(moved, changes)).toEqual({
      changes: ["modified", "added"],
      faults: ["migrations/0_z.up.sql"],
    });
  });

  it("is none where another project is in the old place: its migrations are new", () => {
    const both = repository({
      "db/migrations/1_a.up.sql": "",
      "migrations/7_g.up.sql": "",
    });
    expect(told(both, CHANGES)).toEqual({ changes: ["added"], faults: [] });
  });
});

describe("a deleted migration", () => {
  it("is a fault of its project", () => {
    expect(faults({ "db/migrations/0_z.up.sql": "deleted" })).toEqual([
      ["deleted-migration", "db/migrations/0_z.up.sql"],
    ]);
  });

  it.each([
    ["0_z.down.sql", "0_z.up.sql"],
    ["0_z.undo.sql", "0_z.do.sql"],
    ["0.undo.z.sql", "0.do.z.sql"],
    ["0_z_down.sql", "0_z.sql"],
    ["down/0_z.sql", "up/0_z.sql"],
  ])("is one fault with its down script: %s", (down, up) => {
    const changes = { [`db/migrations/${down}`]: "deleted", [`db/migrations/${up}`]: "deleted" };
    expect(faults(changes as Record<string, FileChange>)).toEqual([
      ["deleted-migration", `db/migrations/${up}`],
    ]);
  });

  it("is one that loses its down script alone", () => {
    const { projects } = detectProjects(
      files,
      [],
      new Map([["db/migrations/2_b.down.sql", "deleted"]]),
    );
    expect(projects[0]?.faults).toEqual([
      {
        kind: "deleted-migration",
        path: "db/migrations/2_b.down.sql",
        message: expect.stringMatching(/2_b\.down\.sql was deleted: .* cannot be undone/),
      },
    ]);
  });

  it("is one that is renamed out of sight or moved to another folder", () => {
    const both = repository({ "a/migrations/1_a.up.sql": "", "b/migrations/2_b.up.sql": "" });
    const changes: Record<string, FileChange> = {
      "a/migrations/2_b.up.sql": "deleted",
      "b/migrations/2_b.up.sql": { renamedFrom: "a/migrations/2_b.up.sql" },
      "a/migrations/3_c.up.sql": "deleted",
      "x.txt": { renamedFrom: "a/migrations/3_c.up.sql" },
    };
    expect(faults(changes, both)).toEqual([
      ["deleted-migration", "a/migrations/2_b.up.sql"],
      ["deleted-migration", "a/migrations/3_c.up.sql"],
    ]);
  });

  it("is none that has a new name in its folder: that is told of the new name", () => {
    const changes: Record<string, FileChange> = {
      "db/migrations/0_b.up.sql": "deleted",
      "db/migrations/2_b.up.sql": { renamedFrom: "db/migrations/0_b.up.sql" },
    };
    expect(faults(changes)).toEqual([]);
  });

  it.each([
    "db/migrations/README.sql",
    "db/other/1_a.up.sql",
    "db/migrations/1_a.txt",
    "db/migrations/testdata/1_a.sql",
  ])("is not %s", (path) => {
    expect(faults({ [path]: "deleted", "db/migrations/2_b.up.sql": "added" })).toEqual([]);
  });
});
