import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { emptyState } from "../../src/django/compiler/compile-migration.ts";
import { compile, SETTINGS, sqlOf } from "./compile.ts";

/** What a Django of one version sent for a migration. */
interface Recording {
  readonly django: string;
  readonly driver: "psycopg" | "psycopg2";
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** The second way up, where it is not the first. */
  readonly upAgain?: readonly string[];
  /** The order hangs on the hash seed. */
  readonly orderUnstable?: true;
}

const FOLDER = join(import.meta.dirname, "../fixtures/django");
const read = (path: string): string => readFileSync(join(FOLDER, path), "utf8");

const recordings = readdirSync(join(FOLDER, "compiled")).flatMap((name) =>
  (JSON.parse(read(`compiled/${name}/expected.json`)) as Recording[]).map((recording) => ({
    title: `${name} on Django ${recording.django} with ${recording.driver}`,
    name,
    recording,
  })),
);

/**
 * Django 3.2's sqlmigrate doubles the percent signs of a default, and the recording holds what it
 * prints. What a 3.2.25 sends has one: a row that was there got the text `it's 100% new`.
 */
function asSent(sql: string, { django }: Recording): string {
  return django.startsWith("3.2")
    ? sql.replace("DEFAULT 'it''s 100%%", "DEFAULT 'it''s 100%")
    : sql;
}

describe("migrations are compiled to what Django was seen to send", () => {
  it("has recordings of each version", () => {
    expect(recordings).toHaveLength(180);
    const versions = new Set(recordings.map(({ recording }) => recording.django));
    expect([...versions].toSorted()).toEqual([
      "3.2.25",
      "4.2.27",
      "5.0.14",
      "5.2.10",
      "6.0.1",
      "6.1.1",
    ]);
  });

  it.each(recordings)("$title", ({ name, recording }) => {
    const [major = 0, minor = 0] = recording.django.split(".").map(Number);
    const settings = { ...SETTINGS, version: [major, minor], driver: recording.driver } as const;
    const auth = compile(read("auth.py"), emptyState(settings), "auth").state;
    const before = compile(read(`compiled/${name}/before.py`), auth);
    const { up, down, upAgain, notes } = compile(
      read(`compiled/${name}/migration.py`),
      before.state,
    );
    const inOrder = (list: readonly string[]): readonly string[] =>
      recording.orderUnstable ? list.toSorted() : list;
    const sent = recording.up.map((sql) => asSent(sql, recording));
    expect([...before.notes, ...notes]).toEqual([]);
    expect(inOrder(sqlOf(up))).toEqual(inOrder(sent));
    expect(inOrder(sqlOf(down))).toEqual(inOrder(recording.down));
    expect(sqlOf(upAgain ?? up)).toEqual(recording.upAgain ?? sqlOf(up));
  });
});
