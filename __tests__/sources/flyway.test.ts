import { describe, expect, it } from "@jest/globals";
import { onlyProject, repository, tableOf } from "./repository.ts";

const ROOT = "src/main/resources/db/migration";

function idsOf(...names: string[]): string[] {
  const texts = Object.fromEntries(names.map((name) => [`${ROOT}/${name}`, "SELECT 1;"]));
  return onlyProject(repository(texts)).migrations.map(({ id }) => id);
}

describe("Flyway's transaction", () => {
  it.each([
    ["ordinary statements", "CREATE TABLE a (); DROP TABLE b;", true],
    ["CONCURRENTLY", "CREATE UNIQUE INDEX CONCURRENTLY a ON b (c);", false],
    ["several that cannot", "VACUUM; drop index concurrently a; REINDEX VERBOSE SCHEMA a;", false],
    ["the words in a comment", "-- VACUUM;\nCREATE TABLE a ();", true],
    ["the words further in", "CREATE TABLE vacuum ();", true],
    ["mixed, which Flyway refuses", "SET a = 1; CREATE INDEX CONCURRENTLY a ON b (c);", true],
    ["an enum value, since PostgreSQL 12", "ALTER TYPE a ADD VALUE 'b';", true],
    ["nothing", "", true],
  ])("%s", (_, text, transaction) => {
    const project = onlyProject(repository({ [`${ROOT}/V1__a.sql`]: text }));
    expect(project.migrations[0]?.up.execution).toEqual({ transaction, sends: "statements" });
  });

  it.each([
    ["executeInTransaction=false", false],
    ["# a comment\nexecuteInTransaction = FALSE\r\n", false],
    ["executeInTransaction=true", true],
  ])("a script's own configuration decides: %s", (conf, transaction) => {
    const text = transaction ? "VACUUM;" : "CREATE TABLE a ();";
    const files = { [`${ROOT}/V1__a.sql`]: text, [`${ROOT}/V1__a.sql.conf`]: conf };
    const [migration] = onlyProject(repository(files)).migrations;
    expect(migration?.up.execution.transaction).toBe(transaction);
  });
});

describe("Flyway's placeholders", () => {
  const text = "CREATE TABLE ${Owner}.a (b text DEFAULT '${flyway:filename} ${no-value}'); -- ${";
  const files = repository({ [`${ROOT}/V1__a.sql`]: text });
  const replaced = (placeholders: Record<string, string>): string[] => {
    const settings = [{ path: ROOT, framework: "flyway", placeholders } as const];
    const up = onlyProject(files, settings).migrations[0]?.up;
    return (up?.substitutions ?? []).map(
      ({ span, text: value }) => `${up?.text.slice(span.start, span.end)} -> ${value}`,
    );
  };

  it("have the configured value, whatever the case of the name", () => {
    expect(replaced({ OWNER: "shop", "no-value": "it has one" })).toEqual([
      "${Owner} -> shop",
      "${flyway:filename} -> V1__a.sql",
      "${no-value} -> it has one",
    ]);
  });

  it("stand as an identifier where no value is known", () => {
    expect(replaced({})).toEqual([
      "${Owner} -> placeholder_Owner",
      "${flyway:filename} -> V1__a.sql",
      "${no-value} -> placeholder_no_value",
    ]);
  });

  it("are left alone where the script says so", () => {
    const conf = {
      [`${ROOT}/V1__a.sql`]: text,
      [`${ROOT}/V1__a.sql.conf`]: "placeholderReplacement=false",
    };
    expect(onlyProject(repository(conf)).migrations[0]?.up).not.toHaveProperty("substitutions");
  });
});

describe("which scripts Flyway runs", () => {
  it("orders versions as numbers, part by part", () => {
    expect(idsOf("V1.10__a.sql", "V1.9__a.sql", "V2__a.sql", "V1__a.sql", "V010__a.sql")).toEqual([
      "V1__a",
      "V1.9__a",
      "V1.10__a",
      "V2__a",
      "V010__a",
    ]);
  });

  it("reads a baseline where the versions before it are gone", () => {
    expect(idsOf("B5__a.sql", "V6__a.sql")).toEqual(["B5__a", "V6__a"]);
    expect(idsOf("B5__a.sql", "B9__a.sql", "V10__a.sql")).toEqual(["B9__a", "V10__a"]);
    expect(idsOf("B5__a.sql", "V5__a.sql", "V6__a.sql")).toEqual(["V5__a", "V6__a"]);
  });

  it("goes forward only where there is no undo script at all", () => {
    const one = { [`${ROOT}/V1__a.sql`]: "SELECT 1;", [`${ROOT}/V2__a.sql`]: "SELECT 1;" };
    expect(
      tableOf(onlyProject(repository(one))).every((line) => line.endsWith("forward-only")),
    ).toBe(true);
    const two = { ...one, [`${ROOT}/U2__a.sql`]: "SELECT 1;" };
    expect(tableOf(onlyProject(repository(two)))).toEqual([
      "V1__a | 1 | tx, statements | missing",
      "V2__a | 2 | tx, statements | U2__a.sql (tx, statements)",
    ]);
  });

  it("reports two files of one version at both", () => {
    const texts = { [`${ROOT}/V1__a.sql`]: "", [`${ROOT}/x/V1.0__b.sql`]: "" };
    expect(onlyProject(repository(texts)).faults).toEqual([
      {
        kind: "duplicate-version",
        path: `${ROOT}/V1__a.sql`,
        message: `${ROOT}/x/V1.0__b.sql has the same version: Flyway refuses to run the folder.`,
      },
      expect.objectContaining({ path: `${ROOT}/x/V1.0__b.sql` }),
    ]);
  });
});
