import { describe, expect, it } from "@jest/globals";
import { projectsOfFiles } from "../../src/sources/named.ts";
import { fixture, repository } from "./repository.ts";

const NUMBERED = repository({
  "db/migrations/1_a.up.sql": "",
  "db/migrations/1_a.down.sql": "",
  "db/migrations/2_b.up.sql": "",
  "db/migrations/3_c.up.sql": "",
  "db/migrations/3_c.down.sql": "",
});

function idsOf(files = NUMBERED, ...named: string[]): string[][] {
  return projectsOfFiles(files, named, []).projects.map(({ migrations }) =>
    migrations.map(({ id }) => id),
  );
}

describe("a named file", () => {
  it("has the migrations before it as history, and none after it", () => {
    expect(idsOf(NUMBERED, "db/migrations/2_b.up.sql")).toEqual([["1_a", "2_b"]]);
  });

  it("may be a down script", () => {
    expect(idsOf(NUMBERED, "db/migrations/1_a.down.sql")).toEqual([["1_a"]]);
  });

  it("shares its project with others that are named", () => {
    const paths = ["db/migrations/3_c.up.sql", "db/migrations/1_a.up.sql"];
    expect(idsOf(NUMBERED, ...paths)).toEqual([["1_a", "2_b", "3_c"]]);
  });

  it.each([
    [
      "prisma",
      "prisma/migrations/20250502000000_title/migration.sql",
      ["20250501000000_init", "20250502000000_title"],
    ],
    [
      "diesel",
      "migrations/2025-02-01-090000_beds/down.sql",
      ["00000000000000_diesel_initial_setup", "2025-02-01-090000_beds"],
    ],
    [
      "flyway",
      "src/main/resources/db/migration/2025/V10__frames_index.sql",
      ["V1__hives", "V1_1__honey", "V2.0__frames", "V10__frames_index"],
    ],
    [
      "flyway",
      "src/main/resources/db/migration/R__b_view.sql",
      [
        "V1__hives",
        "V1_1__honey",
        "V2.0__frames",
        "V10__frames_index",
        "V11__maintenance",
        "V12__mixed",
        "R__b_view",
      ],
    ],
    ["sql", "folders/migrations/down/2025-01-15_first.sql", ["2025-01-15_first"]],
  ])("is found in the tree of its project: %s %s", (name, path, ids) => {
    expect(idsOf(fixture(name), path)).toEqual([ids]);
  });

  it("outside of any project has the files numbered before it as history", () => {
    const files = repository({
      "x/01_a.sql": "",
      "x/02_b.sql": "",
      "x/03_c.sql": "",
      "x/z.sql": "",
    });
    expect(idsOf(files, "x/02_b.sql")).toEqual([["01_a", "02_b"]]);
  });

  it("without a number is a project by itself", () => {
    const files = repository({
      "x/01_a.sql": "",
      "x/fix.sql": "SELECT 1;",
      "migrations/y.sql": "",
    });
    expect(idsOf(files, "x/fix.sql")).toEqual([["fix"]]);
    expect(idsOf(files, "migrations/y.sql")).toEqual([["y"]]);
    expect(idsOf(repository({ "fix.sql": "" }), "fix.sql")).toEqual([["fix"]]);
  });

  it("goes by its marks", () => {
    const text = "-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n";
    const { projects } = projectsOfFiles(repository({ "x/1_a.sql": text }), ["x/1_a.sql"], []);
    expect(projects[0]?.framework).toBe("goose");
  });

  it.each([
    [
      "that cannot be read",
      { "x/fix.sql": { unreadable: "not-utf8", reason: "it is not UTF-8" } },
      "x/fix.sql",
      /not UTF-8/,
    ],
    ["that is no SQL", { "x/1_a.py": "", "x/1_a.sql": "" }, "x/1_a.py", /not an SQL file/],
    [
      "for another database",
      { "mysql/migrations/1_a.up.sql": "" },
      "mysql/migrations/1_a.up.sql",
      /MySQL/,
    ],
    [
      "that its runner passes over",
      { "migrations/1_a.up.sql": "", "migrations/x.sql": "" },
      "migrations/x.sql",
      /passes it over/,
    ],
  ] as const)("%s is told with the reason", (_, texts, path, reason) => {
    const { projects, unclaimed } = projectsOfFiles(repository(texts), [path], []);
    const told = [...unclaimed, ...projects.flatMap(({ ignored }) => ignored)];
    expect(told).toEqual([
      expect.objectContaining({ path, reason: expect.stringMatching(reason) }),
    ]);
    expect(projects.flatMap(({ migrations }) => migrations)).toEqual([]);
  });

  it("does not bring the troubles of files that were not named", () => {
    const texts = {
      "migrations/1_a.up.sql": "",
      "migrations/2_b.up.sql": "",
      "migrations/2_c.up.sql": "",
      "migrations/x.sql": "",
    };
    const { projects } = projectsOfFiles(repository(texts), ["migrations/1_a.up.sql"], []);
    expect(projects[0]).toMatchObject({ ignored: [], faults: [] });
  });

  it("keeps a gap in its history, and none after it", () => {
    const denied = { unreadable: "denied", reason: "reading it is not permitted" } as const;
    const files = repository({
      "migrations/1_a.up.sql": denied,
      "migrations/2_b.up.sql": "",
      "migrations/10_c.up.sql": denied,
    });
    const { projects } = projectsOfFiles(files, ["migrations/2_b.up.sql"], []);
    expect(projects[0]?.ignored.map(({ path }) => path)).toEqual(["migrations/1_a.up.sql"]);
  });
});
