import { describe, expect, it } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import type { Review } from "../../src/core/review.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../src/core/settings.ts";
import { UserError } from "../../src/core/user-error.ts";
import { loadParser } from "../../src/parser/parse-script.ts";
import { review } from "../../src/review/review.ts";
import { detectProjects } from "../../src/sources/detect.ts";
import type { FileChange } from "../../src/sources/files.ts";
import { repository } from "../sources/repository.ts";

/** Lints a change of the files of one repository. */
async function lint(
  texts: Parameters<typeof repository>[0],
  changes: Record<string, FileChange>,
  settings: Partial<Settings> = {},
  runsRules = true,
  base?: Readonly<Record<string, string>>,
): Promise<Review> {
  const files = repository(texts);
  const changed = new Map(Object.entries(changes));
  const { projects, unclaimed, readAll } = detectProjects(files, [], changed);
  const result = await review({
    change: {
      files,
      changes: changed,
      since: "test",
      ...(base === undefined ? {} : { baseText: (path) => Promise.resolve(base[path]) }),
    },
    projects,
    allProjects: readAll,
    unclaimed,
    settings: { ...DEFAULT_SETTINGS, ...settings },
    rules,
    loadParser,
    lint: runsRules,
    verify: false,
    rows: () => undefined,
  });
  expect(result.crashes).toEqual([]);
  return result.review;
}

/** Its verdict, its findings about the history as `rule path:line`, and what is unverified. */
function told({ verdict, projects, unverified }: Review): readonly string[] {
  const findings = projects.flatMap(({ migrations }) => migrations.flatMap((one) => one.findings));
  return [
    verdict,
    ...findings
      .filter(({ rule }) => rule === "no-edited-migration")
      .map(({ rule, path, line }) => `${rule} ${path}:${line}`),
    ...unverified.map(({ path }) => `? ${path}`),
  ];
}

const M = "db/migrations";
const HISTORY = {
  [`${M}/000001_t.up.sql`]: "CREATE TABLE t (id bigint PRIMARY KEY);\n",
  [`${M}/000001_t.down.sql`]: "DROP TABLE t;\n",
};
const ADDED = {
  [`${M}/000009_u.up.sql`]: "CREATE TABLE u (id bigint PRIMARY KEY);\n",
  [`${M}/000009_u.down.sql`]: "DROP TABLE u;\n",
};
const ADDITION: Record<string, FileChange> = {
  [`${M}/000009_u.up.sql`]: "added",
  [`${M}/000009_u.down.sql`]: "added",
};
const DELETION: Record<string, FileChange> = {
  [`${M}/000003_o.up.sql`]: "deleted",
  [`${M}/000003_o.down.sql`]: "deleted",
};

describe("a merged migration that is gone", () => {
  it.each<[string, Record<string, string>, Record<string, FileChange>]>([
    ["alone", {}, DELETION],
    ["beside an addition", ADDED, { ...ADDITION, ...DELETION }],
    ["renamed out of sight", {}, { ...DELETION, "x.txt": { renamedFrom: `${M}/000003_o.up.sql` } }],
    [
      "renamed to a name that no runner reads",
      { [`${M}/o.up.sql`]: "" },
      { ...DELETION, [`${M}/o.up.sql`]: { renamedFrom: `${M}/000003_o.up.sql` } },
    ],
  ])("is one error under its own path: %s", async (name, texts, changes) => {
    const said = told(await lint({ ...HISTORY, ...texts }, changes));
    const unread = name.startsWith("renamed to") ? [`? ${M}/o.up.sql`] : [];
    expect(said).toEqual(["fail", `no-edited-migration ${M}/000003_o.up.sql:1`, ...unread]);
  });

  it("is a row of its own", async () => {
    const { projects } = await lint(HISTORY, DELETION);
    expect(projects).toMatchObject([
      { history: 1, migrations: [{ id: "000003_o", change: "deleted" }] },
    ]);
  });

  it("lost its down script alone", async () => {
    const changes: Record<string, FileChange> = {
      [`${M}/000001_t.down.sql`]: "deleted",
      [`${M}/000001_t.down.sql.bak`]: { renamedFrom: `${M}/000001_t.down.sql` },
    };
    const texts = { [`${M}/000001_t.up.sql`]: "SELECT 1;" };
    expect(told(await lint(texts, changes))).toEqual([
      "fail",
      `no-edited-migration ${M}/000001_t.down.sql:1`,
    ]);
  });

  it("moved to another project", async () => {
    const to = "other/migrations/000003_o.up.sql";
    const changes: Record<string, FileChange> = {
      ...DELETION,
      [to]: { renamedFrom: `${M}/000003_o.up.sql` },
    };
    const { projects } = await lint({ ...HISTORY, [to]: "SELECT 1;" }, changes);
    expect(
      projects.flatMap(({ root, migrations }) => migrations.map((one) => `${root} ${one.change}`)),
    ).toEqual([`${M} deleted`, "other/migrations added"]);
  });

  it("is unverified where no rule runs, and where its project is gone", async () => {
    expect(told(await lint(HISTORY, DELETION, {}, false))).toEqual([
      "unverified",
      `? ${M}/000003_o.up.sql`,
    ]);
    expect(told(await lint({}, { "db/steps/000003_o.up.sql": "deleted" }))).toEqual([
      "unverified",
      "? db/steps/000003_o.up.sql",
    ]);
  });

  it("is told once by its new name, where it has one in its folder", async () => {
    const changes: Record<string, FileChange> = {
      ...DELETION,
      [`${M}/000009_u.up.sql`]: { renamedFrom: `${M}/000003_o.up.sql` },
      [`${M}/000009_u.down.sql`]: { renamedFrom: `${M}/000003_o.down.sql` },
    };
    expect(told(await lint({ ...HISTORY, ...ADDED }, changes))).toEqual([
      "fail",
      `no-edited-migration ${M}/000009_u.up.sql:1`,
    ]);
  });

  it("is accepted by the rule's setting and by a baseline after it", async () => {
    const off = { "no-edited-migration": { severity: "off", options: {} } } as const;
    expect(told(await lint(HISTORY, DELETION, { rules: off }))).toEqual(["pass"]);
    const texts = { ...HISTORY, ...ADDED };
    expect(told(await lint(texts, DELETION, { baseline: "9" }))).toEqual(["pass"]);
    expect(told(await lint(texts, DELETION, { baseline: "1" }))[0]).toBe("fail");
  });
});

describe("a merged migration that is edited", () => {
  const UP = "CREATE TABLE t (id bigint PRIMARY KEY);\n";
  const GOOSE = `-- +goose Up\n${UP}-- +goose Down\nDROP TABLE t;\n`;
  const DBMATE = `-- migrate:up\n${UP}-- migrate:down\nDROP TABLE t;\n`;

  it.each<[string, string, string, string, boolean]>([
    ["a comment", `${M}/1_t.up.sql`, UP, `-- the first\n${UP}`, false],
    ["layout", `${M}/1_t.up.sql`, UP, "CREATE TABLE t\r\n  (id bigint PRIMARY KEY);", false],
    ["a statement", `${M}/1_t.up.sql`, UP, `${UP}SELECT 1;`, true],
    ["the case of a name", `${M}/1_t.up.sql`, UP, UP.replace("id", '"ID"'), true],
    ["a comment of a function's body", `${M}/1_t.up.sql`, "DO $$--a$$", "DO $$--b$$", true],
    ["its down half", `${M}/1_t.sql`, GOOSE, GOOSE.replace("DROP", "DROP /* x */"), false],
    ["all of its down half", `${M}/1_t.sql`, GOOSE, GOOSE.replace("DROP TABLE t", "NULL"), false],
    ["its up half", `${M}/1_t.sql`, GOOSE, GOOSE.replace("bigint", "int"), true],
    ["its transaction", `${M}/1_t.sql`, GOOSE, `-- +goose NO TRANSACTION\n${GOOSE}`, true],
    ["its down half", `${M}/1_t.sql`, DBMATE, DBMATE.replace("DROP", "SELECT 1; DROP"), false],
    ["its option", `${M}/1_t.sql`, DBMATE, DBMATE.replace("up", "up transaction:false"), true],
    ["a comment", "db/migration/V1__t.sql", UP, `-- the first\n${UP}`, true],
    ["a comment", "db/migrations/1_t/migration.sql", UP, `-- the first\n${UP}`, true],
  ])("in %s: %s", async (_, path, before, now, isFound) => {
    const result = await lint({ [path]: now }, { [path]: "modified" }, {}, true, {
      [path]: before,
    });
    const found = told(result).filter((one) => one.startsWith("no-edited-migration"));
    expect(found).toHaveLength(isFound ? 1 : 0);
  });
});

it("a draft that moves into the folder is no renamed migration", async () => {
  const changes: Record<string, FileChange> = {
    ...ADDITION,
    "drafts/n.txt": "deleted",
    [`${M}/000009_u.up.sql`]: { renamedFrom: "drafts/n.txt" },
  };
  expect(told(await lint({ ...HISTORY, ...ADDED }, changes))).toEqual(["pass"]);
});

describe("the baseline", () => {
  const unreadable = { unreadable: "not-utf8", reason: "it is not UTF-8" } as const;
  const gaps = {
    "m/migrations/001_a.sql": unreadable,
    "m/migrations/002_b.sql": "CREATE TABLE b (id bigint PRIMARY KEY);\n",
    "m/migrations/003_c.sql": unreadable,
    "m/migrations/004_d.sql": "CREATE TABLE d (id bigint PRIMARY KEY);\n",
  };
  const changes: Record<string, FileChange> = { "m/migrations/004_d.sql": "added" };
  const [FIRST, SECOND] = ["? m/migrations/001_a.sql", "? m/migrations/003_c.sql"];

  it.each([
    [undefined, ["unverified", FIRST, SECOND]],
    ["002", ["unverified", SECOND]],
    ["2", ["unverified", SECOND]],
    ["002_b", ["unverified", SECOND]],
    ["004_d", ["pass"]],
  ])("accepts the gaps before it, not after it: %s", async (baseline, expected) => {
    const settings = baseline === undefined ? {} : { baseline };
    expect(told(await lint(gaps, changes, settings))).toEqual(expected);
  });

  it("of one project accepts no gap of another", async () => {
    const texts = { ...gaps, ...HISTORY };
    expect(told(await lint(texts, changes, { baseline: "000001_t" }))).toEqual([
      "unverified",
      FIRST,
      SECOND,
    ]);
  });

  it("that names no migration is refused with the nearest", async () => {
    const failure: unknown = await lint(gaps, changes, { baseline: "002_bb" }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(UserError);
    expect(failure).toMatchObject({
      message: expect.stringMatching(/“002_bb”.*no migration/),
      hint: expect.stringMatching(/“002_b”/),
      exitCode: 2,
    });
  });
});
