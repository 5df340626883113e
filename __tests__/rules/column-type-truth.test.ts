import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { lint } from "./lint.ts";

/* Runs changes of a column's type, and compares whether the rows were written anew with what is said of it. */

let database: PGlite;
beforeAll(async () => {
  database = await PGlite.create();
}, 60_000);
afterAll(() => database.close());

const DOMAINS =
  "CREATE DOMAIN anything AS text; CREATE DOMAIN tight AS text CHECK (VALUE <> '');" as const;

type Change = readonly [from: string, to: string, using: string];

const FREE: readonly Change[] = [
  ["varchar(50)", "varchar", "c"],
  ["varchar(50)", "varchar", "c::text"],
  ["varchar(50)", "varchar", "(c::text)"],
  ["varchar(50)", "varchar", "t.c::text"],
  ["varchar(50)", "varchar", 'c COLLATE "C"'],
  ["varchar(50)", "varchar", "c::varchar(60)"],
  ["varchar(50)", "varchar(60)", "c"],
  ["varchar(50)", "varchar(60)", "c::varchar(55)"],
  ["varchar(50)", "varchar(60)", "CAST(c AS character varying(60))"],
  ["varchar(50)", "text", "c::varchar(70)"],
  ["varchar(50)", "text", "c::pg_catalog.text"],
  ["varchar(50)", "text", "c::text::varchar"],
  ["varchar(5)[]", "varchar[]", "c::varchar[]"],
  ["numeric(8, 2)", "numeric", "c::numeric"],
  ["numeric(8, 2)", "numeric(10, 2)", "c::numeric(9, 2)"],
  ["integer", "int4", "c::int::integer"],
  ["integer", "oid", "c::oid"],
  ["cidr", "inet", "c::cidr"],
  ["timestamp(3)", "timestamp(6)", "c::timestamp"],
  ["text", "anything", "c::anything"],
  ["text", "text", "c::anything"],
  ["tight", "varchar", "c::text"],
];

const REWRITTEN: readonly Change[] = [
  ["varchar(50)", "varchar(60)", "c::text"],
  ["varchar(50)", "varchar(60)", "c::varchar"],
  ["varchar(50)", "varchar(60)", "c::varchar(70)"],
  ["varchar(50)", "text", "c::varchar(40)"],
  ["varchar(50)", "varchar", "c::bpchar"],
  ["varchar(50)", "varchar", "c || ''"],
  ["varchar(50)", "varchar", "trim(c)"],
  ["varchar(50)", "varchar", "d::text"],
  ["varchar(50)", "text", "c::name"],
  ["varchar(5)[]", "varchar(10)[]", "c"],
  ["varchar(5)[]", "varchar[]", "c::text[]"],
  ["numeric(8, 2)", "numeric(10, 2)", "c::numeric"],
  ["integer", "integer", "c::bigint"],
  ["text", "text", "c::char(10)"],
  ["text", "text", "c::tight"],
  ["inet", "inet", "c::cidr"],
];

/** In a session whose time zone is UTC. */
const IN_UTC: readonly (readonly [...Change, rewritten: boolean])[] = [
  ["timestamp", "timestamptz", "c", false],
  ["timestamp(3)", "timestamptz(6)", "c", false],
  ["timestamp", "timestamp", "c::timestamptz", false],
  ["timestamp(3)", "timestamptz(3)", "c", true],
  ["timestamptz", "timestamp(3)", "c", true],
  ["timestamp[]", "timestamptz[]", "c", true],
];

const cases = [
  ...FREE.map((change) => [...change, "Europe/Berlin", false] as const),
  ...REWRITTEN.map((change) => [...change, "Europe/Berlin", true] as const),
  ...IN_UTC.map(([from, to, using, rewritten]) => [from, to, using, "UTC", rewritten] as const),
];

describe("whether a change of a column's type writes the rows anew", () => {
  it.each(cases)("%s to %s USING %s (%s): %s", async (from, to, using, zone, rewritten) => {
    const table = `${DOMAINS} CREATE TABLE t (id int, c ${from}, d text);`;
    const change = `SET LOCAL timezone = '${zone}'; ALTER TABLE t ALTER c TYPE ${to} USING ${using};`;

    const [migration] = lint({ before: [table], migration: change }).migrations;
    const said = (migration?.findings ?? []).some(
      ({ rule, message }) => rule === "no-column-type-rewrite" && message.includes("writes every"),
    );

    expect({ said, seen: await isRewritten(table, change) }).toEqual({
      said: rewritten,
      seen: rewritten,
    });
  });
});

async function isRewritten(table: string, change: string): Promise<boolean> {
  await database.exec(`BEGIN; ${table}`);
  try {
    const before = await fileOfTable();
    await database.exec(change);
    return (await fileOfTable()) !== before;
  } finally {
    await database.exec("ROLLBACK");
  }
}

async function fileOfTable(): Promise<string | undefined> {
  const { rows } = await database.query<{ file: string }>(
    "SELECT pg_relation_filenode('t')::text AS file",
  );
  return rows[0]?.file;
}
