import { describe, expect, it } from "@jest/globals";
import { CASES } from "./fix-cases.ts";
import { changeOf, fixed, lint, projectOf } from "./fixed.ts";

describe.each(CASES)("$title", ({ history, added, fixed: expected }) => {
  it("leaves these files", async () => {
    const { texts } = await fixed(changeOf(history, added));
    expect(Object.fromEntries(texts)).toEqual(expected);
  });

  it("leaves a project that the framework reads, in which every fix is a migration", async () => {
    const { change, texts } = await fixed(changeOf(history, added));
    const { migrations, ignored, faults } = projectOf(change.files);
    expect({ ignored, faults }).toEqual({ ignored: [], faults: [] });
    const scripts = migrations.flatMap(({ up, down }) =>
      typeof down === "string" ? [up.path] : [up.path, down.path],
    );
    const files = [...texts.keys()].filter((path) => path.endsWith(".sql"));
    expect(scripts).toEqual(expect.arrayContaining(files));
    // What follows runs last.
    const last = migrations.at(-1)?.up.path;
    expect(Object.keys({ ...added, ...expected })).toContain(last);
  });

  it("has nothing left to fix", async () => {
    const { change } = await fixed(changeOf(history, added));
    const { review } = await lint(change);
    const left = review.projects.flatMap(({ migrations }) =>
      migrations.flatMap(({ findings }) => findings.filter(({ fix }) => fix !== undefined)),
    );
    expect(left).toEqual([]);
  });
});

const TABLE = "CREATE TABLE t (id bigint PRIMARY KEY, a text, b text);\n";
const HISTORY = {
  "db/migrations/000001_t.up.sql": TABLE,
  "db/migrations/000001_t.down.sql": "DROP TABLE t;\n",
};

describe("what is not fixed", () => {
  it.each([
    [
      "an index beside another statement, which CONCURRENTLY would tear from its query string",
      "ALTER TABLE t ADD COLUMN c text;\nCREATE INDEX t_a ON t (a);",
    ],
    ["an index in a DO block", "DO $$ BEGIN CREATE INDEX t_a ON t (a); END $$;"],
    ["a CHECK of a table that is not known", "ALTER TABLE u ADD CHECK (a <> '');"],
    [
      "SET NOT NULL where a down script undoes it",
      "ALTER TABLE t ALTER COLUMN a SET NOT NULL;",
      "ALTER TABLE t ALTER COLUMN a DROP NOT NULL;",
    ],
    ["several indexes in one DROP INDEX", "DROP INDEX t_x, t_y;"],
    ["CASCADE", "DROP INDEX t_x CASCADE;"],
  ])("%s", async (_, up, down = "SELECT 1;") => {
    const change = changeOf(HISTORY, {
      "db/migrations/000002_u.up.sql": `SET lock_timeout = '5s';\n${up}\n`,
      "db/migrations/000002_u.down.sql": `${down}\n`,
    });
    expect(Object.fromEntries((await fixed(change)).texts)).toEqual({});
  });

  it("a migration that the base branch has", async () => {
    const change = changeOf(HISTORY, {
      "db/migrations/000002_u.up.sql": "CREATE INDEX t_a ON t (a);\n",
      "db/migrations/000002_u.down.sql": "DROP INDEX t_a;\n",
    });
    const edited = new Map([...change.changes.keys()].map((path) => [path, "modified" as const]));
    expect((await fixed({ ...change, changes: edited })).applied).toEqual([]);
  });

  it("a finding that a comment suppresses", async () => {
    const change = changeOf(HISTORY, {
      "db/migrations/000002_u.up.sql":
        "-- migrate-verify-ignore require-concurrent-index, require-lock-timeout a small table\nCREATE INDEX t_a ON t (a);\n",
      "db/migrations/000002_u.down.sql":
        "-- migrate-verify-ignore require-concurrent-index-drop a small table\nDROP INDEX t_a;\n",
    });
    expect((await fixed(change)).applied).toEqual([]);
  });
});
