import { describe, expect, it } from "@jest/globals";
import { loadParser } from "../../src/parser/parse-script.ts";
import { detectProjects } from "../../src/sources/detect.ts";
import { readJournal, skippedEntries } from "../../src/sources/drizzle-journal.ts";
import { fixture, onlyProject, repository } from "./repository.ts";

const parser = await loadParser();

describe("Drizzle's journal", () => {
  const project = onlyProject(fixture("drizzle"));

  it("names the entry that databases pass over", () => {
    const entries = [
      { tag: "0000_a", when: 5 },
      { tag: "0001_b", when: 4 },
    ];
    const late = onlyProject(
      repository({
        "drizzle/0000_a.sql": "",
        "drizzle/0001_b.sql": "",
        "drizzle/meta/_journal.json": JSON.stringify({ dialect: "postgresql", entries }),
      }),
    );
    expect(project.faults).toEqual([]);
    expect(late.faults).toEqual([
      {
        kind: "skipped-migration",
        path: "drizzle/0001_b.sql",
        message:
          "Databases that have run `0000_a` never run this migration, and no error tells: its `when` in drizzle/meta/_journal.json is not later (4, and 5 of `0000_a`).",
      },
    ]);
  });

  it("says that all that wait run in one transaction", () => {
    expect(project.notes).toEqual([expect.stringContaining("Drizzle runs all that wait in one")]);
  });

  it("names files without an entry and entries without a file", () => {
    expect(project.ignored).toEqual([
      {
        path: "drizzle/meta/_journal.json",
        reason:
          "it names 0003_gone_bee, and 0003_gone_bee.sql is not there: Drizzle's migrator refuses to start",
        gap: true,
      },
      {
        path: "drizzle/0004_unnamed.sql",
        reason: "Drizzle does not run it: drizzle/meta/_journal.json does not name it",
      },
    ]);
  });

  it("takes an equal time for one that is not later", () => {
    const [a, b, c] = [1, 2, 2].map((when, index) => ({ tag: `${index}`, when }));
    if (a === undefined || b === undefined || c === undefined) throw new Error("three entries");
    expect(skippedEntries([a, b])).toEqual([]);
    expect(skippedEntries([a, b, c])).toEqual([{ entry: c, latest: b }]);
  });

  it.each(["", "[]", "{}", '{"entries":[1]}', '{"entries":[{"tag":"a"}]}', '{"entries":{}}'])(
    "is none: %s",
    (text) => {
      expect(readJournal(text)).toBeUndefined();
    },
  );

  it.each([
    ["pg", true],
    ["postgresql", true],
    ["mysql", false],
    ["turso", false],
  ])("is for %s: %s", (dialect, isRead) => {
    const files = repository({
      "drizzle/0000_a.sql": "",
      "drizzle/meta/_journal.json": JSON.stringify({
        dialect,
        entries: [{ tag: "0000_a", when: 1 }],
      }),
    });
    expect(detectProjects(files, []).projects).toHaveLength(isRead ? 1 : 0);
  });
});

describe("what one query string holds", () => {
  it("lies between two breakpoints", () => {
    const up = onlyProject(fixture("drizzle")).migrations[0]?.up;
    const chunks = up?.statementSpans?.map(({ start, end }) => up.text.slice(start, end).trim());
    expect(chunks?.map((chunk) => chunk.split(" ").slice(0, 2).join(" "))).toEqual([
      "CREATE TABLE",
      "CREATE TABLE",
      "CREATE INDEX",
    ]);
    if (up === undefined) throw new Error("no migration");
    expect(parser.parse(up.text, up).unparsed).toEqual([]);
    expect(parser.parse(up.text, up).statements).toHaveLength(3);
  });
});

describe("the folders of Drizzle 1.0", () => {
  const snapshot = '{"dialect": "postgres"}';

  it("are run in the order of their names", () => {
    const project = onlyProject(
      repository({
        "app/drizzle/20250102000000_b/migration.sql": "SELECT 2;",
        "app/drizzle/20250102000000_b/snapshot.json": snapshot,
        "app/drizzle/20250101000000_a/migration.sql": "SELECT 1;",
        "app/drizzle/20250101000000_a/snapshot.json": snapshot,
        "app/drizzle/stray.sql": "SELECT 3;",
      }),
    );
    expect(project.root).toBe("app/drizzle");
    expect(project.migrations.map(({ id, version }) => [id, version])).toEqual([
      ["20250101000000_a", "20250101000000"],
      ["20250102000000_b", "20250102000000"],
    ]);
    expect(project.ignored.map(({ path }) => path)).toEqual(["app/drizzle/stray.sql"]);
  });

  it("for another database are named", () => {
    const { projects, unclaimed } = detectProjects(
      repository({
        "drizzle/20250101000000_a/migration.sql": "SELECT 1;",
        "drizzle/20250101000000_a/snapshot.json": '{"dialect": "sqlite"}',
      }),
      [],
    );
    expect(projects).toEqual([]);
    expect(unclaimed.map(({ reason }) => reason)).toEqual([
      "they are Drizzle's for sqlite, and only PostgreSQL is read yet",
    ]);
  });
});
