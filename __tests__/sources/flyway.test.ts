import { describe, expect, it } from "@jest/globals";
import type { MigrationScript } from "../../src/core/migration.ts";
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
    expect(project.migrations[0]?.up.execution).toEqual({
      transaction,
      sends: "statements",
      ...(transaction ? {} : { besideTransaction: true }),
    });
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

function scriptWith(files: Record<string, string>): MigrationScript | undefined {
  const text = "SELECT ${a}, ${b-c}, #{a};";
  return onlyProject(repository({ [`${ROOT}/V1__a.sql`]: text, ...files })).migrations[0]?.up;
}

function valuesWith(files: Record<string, string>): readonly string[] {
  return (scriptWith(files)?.substitutions ?? []).map(({ text }) => text);
}

describe("Flyway's own configuration", () => {
  it.each<[string, string, string]>([
    ["conf", "flyway.conf", "# x\nflyway.placeholders.A=one\nflyway.placeholders.b-c = t\\\n  wo"],
    [
      "conf in its folder",
      "conf/flyway.conf",
      "flyway.placeholders.a=one\nflyway.placeholders.b-c=two",
    ],
    [
      "TOML",
      "flyway.toml",
      `[flyway]\nmixed = true\n[flyway.placeholders]\na = "one" # x\n"b-c" = 'two'`,
    ],
    [
      "TOML with dots",
      "flyway.toml",
      `[flyway]\nplaceholders.a = "one"\nplaceholders.b-c = "two"\n[environments.x]\nurl = "y"`,
    ],
    [
      "Spring's",
      "src/main/resources/application.properties",
      "spring.flyway.placeholders.a=one\nspring.flyway.placeholders.b-c=two\nspring.jpa.x=y",
    ],
    [
      "Quarkus's",
      "src/main/resources/application.properties",
      "quarkus.flyway.placeholders.a=one\nquarkus.flyway.placeholders.b-c: two",
    ],
  ])("gives placeholders their values: %s", (_, path, text) => {
    expect(valuesWith({ [path]: text })).toEqual(["one", "two"]);
  });

  it("does not know what the environment fills in", () => {
    const conf = "flyway.placeholders.a=${HOME}\nflyway.placeholders.b-c=two";
    expect(valuesWith({ "flyway.conf": conf })).toEqual(["placeholder_a", "two"]);
  });

  it("is the nearest one's that says anything of Flyway", () => {
    const files = {
      "flyway.conf": "flyway.placeholders.a=far",
      "src/flyway.conf": "flyway.placeholders.a=near",
      "src/main/application.properties": "server.port=80",
    };
    expect(valuesWith(files)[0]).toBe("near");
  });

  it("may write placeholders in another way, or have none", () => {
    const conf = "flyway.placeholderPrefix=#{\nflyway.placeholders.a=one";
    expect(valuesWith({ "flyway.conf": conf })).toEqual(["one"]);
    const spring = "spring.flyway.placeholder-replacement=false";
    expect(valuesWith({ "application.properties": spring })).toEqual([]);
  });

  it.each([
    ["mixed", "flyway.mixed=true", "SET a = 1; CREATE INDEX CONCURRENTLY a ON b (c);", false],
    ["not mixed", "flyway.mixed=true", "SET a = 1;", true],
    ["none at all", "flyway.executeInTransaction=false", "SELECT 1;", false],
  ])("says of transactions: %s", (_, conf, text, transaction) => {
    const script = scriptWith({ "flyway.conf": conf, [`${ROOT}/V1__a.sql`]: text });
    expect(script?.execution.transaction).toBe(transaction);
  });
});

it.each([
  ["flyway.conf", "flyway.postgresql.transactional.lock=false", undefined],
  ["flyway.toml", "[flyway.postgresql.transactional]\nlock = false", undefined],
  ["application.properties", "spring.flyway.postgresql.transactional-lock=false", undefined],
  ["flyway.conf", "flyway.postgresql.transactional.lock=true", true],
])("Flyway's lock in another session: %s, %s", (path, text, expected) => {
  const script = scriptWith({ [path]: text, [`${ROOT}/V1__a.sql`]: "VACUUM;" });
  expect(script?.execution.besideTransaction).toBe(expected);
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
