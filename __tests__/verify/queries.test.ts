import { describe, expect, it } from "@jest/globals";

import type { Execution } from "../../src/core/migration.ts";
import { planScript, planStatements, type ScriptPlan } from "../../src/verify/queries.ts";
import type { ScriptRun } from "../../src/verify/script-run.ts";
import { errorInFile, resumeAt } from "../../src/verify/script-runner.ts";
import { scriptRun, SCRIPT, STATEMENTS, TRANSACTION } from "./scripts.ts";

function texts({ queries }: ScriptPlan): string[] {
  return queries.map(({ text }) => text);
}

const NOTHING = new Map<number, string>();
const STRING_IN_TRANSACTION: Execution = { transaction: true, sends: "script" };

describe("the query strings of a script under review", () => {
  it.each<[string, string, Execution, readonly string[], boolean]>([
    [
      "statements in the runner's transaction",
      "A1; A2",
      TRANSACTION,
      ["BEGIN", "1", "2", "COMMIT"],
      true,
    ],
    [
      "a string in the runner's transaction",
      "A1; A2",
      STRING_IN_TRANSACTION,
      ["BEGIN", "1", "2", "COMMIT"],
      true,
    ],
    [
      "a string, which PostgreSQL makes a transaction of",
      "A1; A2",
      SCRIPT,
      ["BEGIN", "1", "2", "COMMIT"],
      true,
    ],
    ["a string of one statement", "A1", SCRIPT, ["1"], true],
    ["statements by themselves", "A1; A2", STATEMENTS, ["1", "2"], false],
    [
      "a string with a transaction of its own",
      "BEGIN; A1; COMMIT",
      SCRIPT,
      ["BEGIN", "1", "COMMIT"],
      true,
    ],
    [
      "a transaction that ends in the middle of a string",
      "BEGIN; A1; COMMIT; A2",
      SCRIPT,
      ["BEGIN; SELECT 1; COMMIT; SELECT 2"],
      false,
    ],
    [
      "the same by itself",
      "BEGIN; A1; COMMIT; A2",
      STATEMENTS,
      ["BEGIN", "1", "COMMIT", "2"],
      false,
    ],
    [
      "a COMMIT in the runner's transaction",
      "A1; COMMIT; A2",
      TRANSACTION,
      ["BEGIN", "1", "COMMIT", "2", "COMMIT"],
      false,
    ],
    [
      "a COMMIT in a string in the runner's transaction",
      "A1; COMMIT; A2",
      STRING_IN_TRANSACTION,
      ["BEGIN", "SELECT 1; COMMIT; SELECT 2", "COMMIT"],
      false,
    ],
    [
      "a savepoint in a string",
      "A1; SAVEPOINT s; A2",
      SCRIPT,
      ["SELECT 1; SAVEPOINT s; SELECT 2"],
      true,
    ],
    [
      "a savepoint in a transaction",
      "BEGIN; SAVEPOINT s; COMMIT",
      SCRIPT,
      ["BEGIN", "SAVEPOINT s", "COMMIT"],
      true,
    ],
    ["a string with what does not parse", "A1; SELEKT", SCRIPT, ["SELECT 1; SELEKT"], false],
    ["statements with what does not parse", "A1; SELEKT", STATEMENTS, ["1", "SELEKT"], false],
    ["nothing", "-- nothing\n", SCRIPT, [], true],
    ["nothing in the runner's transaction", "", TRANSACTION, ["BEGIN", "COMMIT"], true],
  ])("%s", (_, written, execution, expected, atomic) => {
    const text = written.replaceAll(/A(\d)/g, "SELECT $1");
    const plan = planStatements(scriptRun(text, execution), NOTHING);
    expect(texts(plan)).toEqual(expected.map((one) => one.replace(/^(\d)$/, "SELECT $1")));
    expect(plan.atomic).toBe(atomic);
  });

  it("are those between the runner's own marks", () => {
    const text = "SELECT 1; SELECT 2;\nSELECT 3;";
    const run = scriptRun(text, STATEMENTS);
    const statementSpans = [
      { start: 0, end: 19 },
      { start: 20, end: 29 },
    ];
    const marked: ScriptRun = { ...run, source: { ...run.source, statementSpans } };
    expect(texts(planStatements(marked, NOTHING))).toEqual([
      "BEGIN",
      "SELECT 1",
      "SELECT 2",
      "COMMIT",
      "SELECT 3",
    ]);
    expect(texts(planScript(marked, NOTHING))).toEqual(["SELECT 1; SELECT 2", "SELECT 3"]);
  });
});

describe("the query strings of history", () => {
  it.each<[string, Execution, readonly string[]]>([
    ["SELECT 1; SELECT 2", TRANSACTION, ["BEGIN", "SELECT 1; SELECT 2", "COMMIT"]],
    ["SELECT 1; SELECT 2", SCRIPT, ["SELECT 1; SELECT 2"]],
    ["SELECT 1; SELECT 2", STATEMENTS, ["SELECT 1", "SELECT 2"]],
    [
      "SELECT 1; COMMIT; SELECT 2",
      TRANSACTION,
      ["BEGIN", "SELECT 1", "COMMIT", "SELECT 2", "COMMIT"],
    ],
    ["BEGIN; SELECT 1; COMMIT", STATEMENTS, ["BEGIN; SELECT 1; COMMIT"]],
  ])("%s", (text, execution, expected) => {
    expect(texts(planScript(scriptRun(text, execution), NOTHING))).toEqual(expected);
  });
});

describe("what is left out", () => {
  it("is not sent by itself, and keeps its place in a string", () => {
    const run = scriptRun("SELECT 1; CREATE EXTENSION a; SELECT 2", SCRIPT);
    expect(texts(planStatements(run, new Map([[1, "SELECT"]])))).toEqual([
      "BEGIN",
      "SELECT 1",
      "SELECT 2",
      "COMMIT",
    ]);
    expect(texts(planScript(run, new Map([[1, "SELECT"]])))).toEqual([
      "SELECT 1; SELECT; SELECT 2",
    ]);
    expect(texts(planScript(run, new Map([0, 1, 2].map((at) => [at, "SELECT"]))))).toEqual([]);
  });
});

function placeOf(plan: ScriptPlan, needle: string): number | undefined {
  const query = plan.queries.find(({ text }) => text.includes(needle));
  const before = query?.text.slice(0, query.text.indexOf(needle)) ?? "";
  // The server counts code points.
  const error = { message: "x", offset: Array.from(before).length };
  return errorInFile(plan.run, query, { query: 0, cause: "sql", error }).line;
}

describe("the place of an error", () => {
  const TEXT = "-- é😀\nSELECT 'é😀',\n  nothing;\nSELECT ${x}, gone;";

  function substituted(): ScriptRun {
    const start = TEXT.indexOf("${x}");
    const plain = TEXT.replace("${x}", "xxxx");
    const run = scriptRun(plain, SCRIPT);
    const substitutions = [{ span: { start, end: start + 4 }, text: "1,\n2,\n3" }];
    return { ...run, source: { ...run.source, text: TEXT, substitutions } };
  }

  it("is found in a string and in a statement, also after a placeholder", () => {
    for (const plan of [
      planScript(substituted(), NOTHING),
      planStatements(substituted(), NOTHING),
    ]) {
      expect(placeOf(plan, "nothing")).toBe(3);
      expect(placeOf(plan, "gone")).toBe(4);
      expect(placeOf(plan, "2,\n3")).toBe(4);
      expect(plan.queries.some(({ text }) => text.includes("1,\n2,\n3, gone"))).toBe(true);
    }
  });

  it("without a place from the server is the statement's, where there is one", () => {
    const failure = { query: 0, cause: "sql", error: { message: "x" } } as const;
    const run = substituted();
    const [, first] = planStatements(run, NOTHING).queries;
    const [whole] = planScript(run, NOTHING).queries;
    expect(errorInFile(run, first, failure).line).toBe(2);
    expect(errorInFile(run, whole, failure)).toEqual({ message: "x" });
    expect(errorInFile(run, undefined, failure)).toEqual({ message: "x" });
  });
});

describe("where a script can be run again after an error", () => {
  it.each<[string, Execution, number, number | undefined]>([
    ["SELECT 1; SELECT 2", TRANSACTION, 2, 0],
    ["SELECT 1; SELECT 2", SCRIPT, 2, 0],
    ["SELECT 1; SELECT 2", STATEMENTS, 1, 1],
    ["SELECT 1; COMMIT; SELECT 2", TRANSACTION, 3, undefined],
    ["BEGIN; SELECT 1; COMMIT; SELECT 2", STATEMENTS, 3, undefined],
  ])("%s", (text, execution, failed, expected) => {
    expect(resumeAt(planStatements(scriptRun(text, execution), NOTHING), failed)).toBe(expected);
  });
});
