import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import type { MigrationScript } from "../../src/core/migration.ts";
import { dbmate } from "../../src/sources/dbmate.ts";
import { folderTree } from "../../src/sources/folder.ts";
import { nodePgMigrate } from "../../src/sources/node-pg-migrate.ts";
import type { FolderSource } from "../../src/sources/source.ts";
import { repository, sqlOf } from "./repository.ts";

function read(source: FolderSource, text: string): ReturnType<FolderSource["read"]> {
  return source.read(folderTree(repository({ "1_a.sql": text })), { placeholders: {} });
}

function halves(source: FolderSource, text: string): string[][] {
  return read(source, text).migrations.map(({ up, down }) => [
    sqlOf(up),
    typeof down === "string" ? down : sqlOf(down),
  ]);
}

describe("dbmate's marks", () => {
  it.each([
    ["both", "-- migrate:up\nA;\n-- migrate:down\nB;", [["A;", "B;"]]],
    ["no space, CRLF", "--migrate:up\r\nA;\r\n--migrate:down\r\nB;\r\n", [["A;", "B;"]]],
    [
      "in a line of SQL",
      "-- migrate:up\nA '-- migrate:down';\n-- migrate:down\nB;",
      [["A '-- migrate:down';", "B;"]],
    ],
    [
      "longer words",
      "-- migrate:up\nA;\n-- migrate:download\nC;\n-- migrate:down\nB;",
      [["A;\n-- migrate:download\nC;", "B;"]],
    ],
    [
      "indented is no mark",
      "-- migrate:up\nA;\n -- migrate:down\nC;\n-- migrate:down\nB;",
      [["A;\n -- migrate:down\nC;", "B;"]],
    ],
    ["nothing under it", "-- migrate:up\n-- migrate:down\n", [["", ""]]],
  ])("%s", (_, text, expected) => {
    expect(halves(dbmate, text)).toEqual(expected);
  });

  it.each([
    ["transaction:false", false],
    ["  transaction:false  ", false],
    ["foo:bar transaction:false", false],
    ["transaction:true", true],
    ["transaction: false", true],
    ["", true],
  ])("options “%s”", (options, transaction) => {
    const project = read(dbmate, `-- migrate:up ${options}\nA;\n-- migrate:down\nB;`);
    const [one] = project.migrations;
    expect(one?.up.execution).toEqual({ transaction, sends: "script" });
    expect(one?.down).toHaveProperty("execution.transaction", true);
  });

  it.each([
    ["no mark", "A;", /without `-- migrate:up`/],
    ["SQL before it", "A;\n-- migrate:up\nB;", /before its first/],
    ["down first", "-- migrate:down\nA;\n-- migrate:up\nB;", /before its first/],
    ["two downs", "-- migrate:up\n-- migrate:down\n-- migrate:down\n", /second `-- migrate:down`/],
    ["up only", "-- migrate:up\nA;", /without `-- migrate:down`/],
    ["two ups", "-- migrate:up\n-- migrate:up\n-- migrate:down\n", /without `-- migrate:down`/],
    [
      "an up without a down at its end",
      "-- migrate:up\n-- migrate:down\n-- migrate:up\n",
      /without `-- migrate:down`/,
    ],
    [
      "two pairs",
      "-- migrate:up\n-- migrate:down\n-- migrate:up\n-- migrate:down\n",
      /records one version twice/,
    ],
  ])("names a file that dbmate refuses: %s", (_, text, reason) => {
    const project = read(dbmate, text);
    expect(project.migrations).toEqual([]);
    expect(project.ignored).toEqual([
      { path: "1_a.sql", reason: expect.stringMatching(reason), gap: true },
    ]);
  });
});

describe("node-pg-migrate's marks", () => {
  it.each([
    [
      "both",
      "-- Up Migration\nA;\n-- Down Migration\nB;",
      ["-- Up Migration\nA;", "-- Down Migration\nB;"],
    ],
    [
      "down first",
      "-- down migration\nB;\n-- up migration\nA;",
      ["-- up migration\nA;", "-- down migration\nB;"],
    ],
    ["more dashes", "---- UP  MIGRATION\nA;", ["---- UP  MIGRATION\nA;", "missing"]],
    ["none: the whole file", "A;\nB;", ["A;\nB;", "missing"]],
    [
      "in data",
      "A 'Down Migration -- down migration';",
      ["A 'Down Migration -- down migration';", "missing"],
    ],
    [
      "Download",
      "-- Up Migration\n-- Download migration\nA;",
      ["-- Up Migration\n-- Download migration\nA;", "missing"],
    ],
    // The runner runs the down half as well, so it is shown.
    [
      "down only: the up half is everything",
      "A;\n-- Down Migration\nB;",
      ["A;\n-- Down Migration\nB;", "-- Down Migration\nB;"],
    ],
  ])("%s", (_, text, expected) => {
    expect(halves(nodePgMigrate, text)).toEqual([expected]);
  });
});

describe("any text", () => {
  const part = fc.constantFrom(
    "-- migrate:up\n",
    "-- migrate:down\n",
    "-- migrate:up transaction:false\r\n",
    "-- Up Migration\n",
    "-- Down Migration\n",
    "SELECT 1;\n",
    "😀\n",
    " ",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(part).map((parts) => parts.join("")),
  );

  it.each([
    ["dbmate", dbmate, ""],
    ["node-pg-migrate", nodePgMigrate, "-- Up Migration\n"],
  ] as const)("%s: is read without throwing; halves are in range and apart", (_, source, mark) => {
    fc.assert(
      fc.property(text, (body) => {
        const whole = mark + body;
        for (const { up, down } of read(source, whole).migrations) {
          const spans = [up, ...(typeof down === "string" ? [] : [down])].map(inRange);
          const inOrder = spans.toSorted((a, b) => a.start - b.start || a.end - b.end);
          const ends = inOrder.slice(0, -1).map(({ end }) => end);
          const starts = inOrder.slice(1).map(({ start }) => start);
          expect(ends.every((end, index) => end <= (starts[index] ?? 0))).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

function inRange({ span, text }: MigrationScript): MigrationScript["span"] {
  expect(span.start).toBeGreaterThanOrEqual(0);
  expect(span.end).toBeGreaterThanOrEqual(span.start);
  expect(span.end).toBeLessThanOrEqual(text.length);
  return span;
}
