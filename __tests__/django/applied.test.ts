import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { citext } from "@electric-sql/pglite/contrib/citext";
import { hstore } from "@electric-sql/pglite/contrib/hstore";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { unaccent } from "@electric-sql/pglite/contrib/unaccent";
import {
  type CompilerState,
  type CompiledMigration,
  emptyState,
} from "../../src/django/compiler/compile-migration.ts";
import type { Catalog } from "../../src/django/schema/catalog.ts";
import { Apps } from "../../src/django/state/apps.ts";
import type { Model } from "../../src/django/state/model.ts";
import { compile, SETTINGS } from "./compile.ts";

// A machine that does much else at the same time takes long to start a database.
jest.setTimeout(60_000);

const FOLDER = join(import.meta.dirname, "../fixtures/django");
const read = (path: string): string => readFileSync(join(FOLDER, path), "utf8");

/** What the database of the tests cannot do. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  "create-collation": "it is built without ICU",
};

const names = readdirSync(join(FOLDER, "compiled")).filter(
  (name) => !/-\d-\d$/.test(name) && !(name in LEFT_OUT),
);

/** Constraints, and the indexes that are none's. */
const OBJECTS = `
  SELECT c.relname || ' ' || k.conname || ' ' || k.contype::text AS object
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.connamespace = 'public'::regnamespace AND k.contype <> 'n'
  UNION ALL
  SELECT c.relname || ' ' || i.relname || CASE WHEN x.indisunique THEN ' ui' ELSE ' i' END
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
    WHERE c.relnamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.oid AND k.contype IN ('p', 'u', 'x'))`;

const COLUMNS = `
  SELECT c.relname || '.' || a.attname AS object
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
      AND c.relnamespace = 'public'::regnamespace`;

const LETTERS = {
  "primary-key": "p",
  unique: "u",
  "foreign-key": "f",
  check: "c",
  exclusion: "x",
  index: "i",
  "unique-index": "ui",
  sequence: "",
} as const;

function objectsOf(catalog: Catalog): string[] {
  const objects: string[] = [];
  for (const [table, list] of catalog.tables) {
    for (const { name, kind } of list) {
      if (kind !== "sequence") objects.push(`${table} ${name} ${LETTERS[kind]}`);
    }
  }
  return objects.toSorted();
}

function columnsOf({ project }: CompilerState): string[] {
  const own = (model: Model): string[] =>
    model.fields.flatMap((field) => {
      if (field.hasOwnThrough) return own(field.through);
      return field.databaseType === undefined ? [] : [`${model.table}.${field.column}`];
    });
  const managed = [...new Apps(project).all()].filter((model) => model.isManaged);
  return managed.flatMap(own).toSorted();
}

describe("what is compiled applies to a PostgreSQL, up, down and up again", () => {
  let database: PGlite;

  beforeAll(async () => {
    const extensions = { btree_gist, citext, hstore, pg_trgm, unaccent };
    database = await PGlite.create({ extensions });
  });
  afterAll(() => database.close());

  async function run(statements: CompiledMigration["down"]): Promise<void> {
    if ("irreversible" in statements) throw new Error(statements.irreversible);
    for (const { sql } of statements) await database.exec(sql);
  }

  async function list(query: string): Promise<string[]> {
    const { rows } = await database.query<{ object: string }>(query);
    return rows.map(({ object }) => object).toSorted();
  }

  it.each(names)("%s", async (name) => {
    await database.exec("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    const auth = compile(read("auth.py"), emptyState(SETTINGS), "auth");
    const before = compile(read(`compiled/${name}/before.py`), auth.state);
    const migration = compile(read(`compiled/${name}/migration.py`), before.state);
    for (const up of [auth.up, before.up, migration.up]) await run(up);
    const objects = await list(OBJECTS);
    expect(objects).toEqual(objectsOf(migration.state.catalog));
    const columns = await list(COLUMNS);
    expect(columns).toEqual(expect.arrayContaining(columnsOf(migration.state)));
    await run(migration.down);
    expect((await list(COLUMNS)).length).toBeGreaterThanOrEqual(columnsOf(before.state).length);
    await run(migration.upAgain ?? migration.up);
    expect(await list(COLUMNS)).toEqual(columns);
  });
});
