import { describe, expect, it } from "@jest/globals";
import { UserError } from "../../src/core/user-error.ts";
import { namedFiles } from "../../src/git/named-files.ts";
import { projectsOfFiles } from "../../src/sources/named.ts";
import { TemporaryFolder } from "./temporary-folder.ts";

/** The migrations that a named file is read with. */
function idsOf(folder: TemporaryFolder, ...names: string[]): string[] {
  const { files, changes } = namedFiles(names, folder.root);
  const { projects } = projectsOfFiles(files, [...changes.keys()], []);
  return projects.flatMap(({ framework, migrations }) => [
    framework,
    ...migrations.map(({ id }) => id),
  ]);
}

describe("a named file", () => {
  it("brings the files that its project is told by, and no more", () => {
    using folder = new TemporaryFolder();
    folder.write("app/migrations/1_a.up.sql", "").write("app/migrations/2_b.up.sql", "");
    folder
      .write("app/go.mod", "")
      .write("app/other/x.sql", "")
      .write("app/migrations/old/0_z.sql", "");
    const { files, changes, since, root } = namedFiles(["app/migrations/2_b.up.sql"], folder.root);
    expect(root).toBe(folder.root);
    expect(since).toBe("files named");
    expect([...changes]).toEqual([["app/migrations/2_b.up.sql", "added"]]);
    expect(files.paths).toEqual([
      "app/go.mod",
      "app/migrations/1_a.up.sql",
      "app/migrations/2_b.up.sql",
    ]);
  });

  it("can tell what lies below other folders, and in no folder outside", () => {
    using folder = new TemporaryFolder();
    folder.write("migrations/1_a.up.sql", "").write("db/seed/a.sql", "").write("db/b/c.sql", "");
    const { files } = namedFiles(["migrations/1_a.up.sql"], folder.root);
    expect(files.below?.("db").toSorted()).toEqual(["db/b/c.sql", "db/seed/a.sql"]);
    expect(files.below?.("nowhere")).toEqual([]);
    expect(files.below?.("..")).toEqual([]);
  });

  it.each([
    [
      "Prisma",
      ["prisma/migrations/1_a/migration.sql", "prisma/migrations/2_b/migration.sql"],
      ["prisma", "1_a", "2_b"],
    ],
    [
      "Diesel",
      ["migrations/1_a/up.sql", "migrations/2_b/up.sql", "migrations/2_b/down.sql"],
      ["diesel", "1_a", "2_b"],
    ],
    [
      "Flyway",
      ["res/db/migration/x/V1__a.sql", "res/db/migration/y/V2__b.sql"],
      ["flyway", "V1__a", "V2__b"],
    ],
    [
      "up and down",
      ["migrations/up/1_a.sql", "migrations/up/2_b.sql", "migrations/down/2_b.sql"],
      ["sql", "1_a", "2_b"],
    ],
  ])("finds the layout that is spread over folders: %s", (_, paths, ids) => {
    using folder = new TemporaryFolder();
    for (const path of paths) folder.write(path, "SELECT 1;");
    expect(idsOf(folder, paths.at(-1) ?? "")).toEqual(ids);
  });

  it("may lie outside of the current folder", () => {
    using folder = new TemporaryFolder();
    using elsewhere = new TemporaryFolder();
    elsewhere.write("x/1_a.sql", "SELECT 1;").write("x/2_b.sql", "SELECT 1;");
    expect(namedFiles([elsewhere.path("x/2_b.sql")], folder.root).root).toBe(elsewhere.path("x"));
    expect(idsOf(folder, elsewhere.path("x/2_b.sql"))).toEqual(["sql", "1_a", "2_b"]);
  });

  it("counts from the repository's root, which is found without git", () => {
    using folder = new TemporaryFolder();
    folder.write(".git/HEAD", "").write("a/b/1_a.sql", "");
    const { root, changes } = namedFiles(["1_a.sql"], folder.path("a/b"));
    expect(root).toBe(folder.root);
    expect([...changes.keys()]).toEqual(["a/b/1_a.sql"]);
  });

  it("has to be there", () => {
    using folder = new TemporaryFolder();
    expect(() => namedFiles(["1_a.sql"], folder.root)).toThrow(UserError);
    expect(() => namedFiles(["1_a.sql"], folder.root)).toThrow(/There is no file 1_a\.sql/);
  });
});
