import { describe, expect, it } from "@jest/globals";
import type { Migration } from "../../src/core/migration.ts";
import { changeOf } from "../../src/sources/change.ts";
import { detectProjects } from "../../src/sources/detect.ts";
import type { FileChange } from "../../src/sources/files.ts";
import { repository } from "./repository.ts";

const files = repository({
  "db/migrations/1_a.up.sql": "",
  "db/migrations/1_a.down.sql": "",
  "db/migrations/2_b.up.sql": "",
});

function changed(
  changes: Record<string, FileChange>,
): [Migration | undefined, Map<string, FileChange>] {
  const [project] = detectProjects(files, []).projects;
  return [project?.migrations[0], new Map(Object.entries(changes))];
}

describe("what a change did to a migration", () => {
  it.each([
    ["nothing", {}, "unchanged"],
    ["another's file", { "db/migrations/2_b.up.sql": "modified" }, "unchanged"],
    [
      "added both",
      { "db/migrations/1_a.up.sql": "added", "db/migrations/1_a.down.sql": "added" },
      "added",
    ],
    ["edited up", { "db/migrations/1_a.up.sql": "modified" }, "modified"],
    ["edited down", { "db/migrations/1_a.down.sql": "modified" }, "modified"],
    ["added a down to an old migration", { "db/migrations/1_a.down.sql": "added" }, "modified"],
    [
      "renamed both",
      { "db/migrations/1_a.up.sql": "renamed", "db/migrations/1_a.down.sql": "renamed" },
      "renamed",
    ],
    ["renamed down", { "db/migrations/1_a.down.sql": "renamed" }, "modified"],
  ] as const)("%s", (_, changes, expected) => {
    const [migration, map] = changed(changes);
    expect(migration && changeOf(migration, map)).toBe(expected);
  });
});

function faults(changes: Record<string, FileChange>): [string, string][] {
  const { projects } = detectProjects(files, [], new Map(Object.entries(changes)));
  return projects.flatMap((project) =>
    project.faults.map(({ kind, path }): [string, string] => [kind, path]),
  );
}

describe("a deleted migration", () => {
  it("is a fault of its project", () => {
    expect(faults({ "db/migrations/0_z.up.sql": "deleted" })).toEqual([
      ["deleted-migration", "db/migrations/0_z.up.sql"],
    ]);
  });

  it.each(["db/migrations/README.sql", "db/other/1_a.up.sql", "db/migrations/1_a.txt"])(
    "is not %s",
    (path) => {
      expect(faults({ [path]: "deleted", "db/migrations/2_b.up.sql": "added" })).toEqual([]);
    },
  );
});
