import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import { blocks } from "../../src/core/lock.ts";
import { findings } from "./lint.ts";
import { ObservedDatabase } from "./observed-database.ts";

/*
 * The rules about locks speak exactly when a statement reads or writes a whole table under a lock
 * that makes others wait. PostgreSQL says when that is.
 */

const BEFORE = `CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN small AS positive;
CREATE DOMAIN plain AS int;
CREATE DOMAIN numbered AS int DEFAULT 7;
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE SEQUENCE numbers;
CREATE FUNCTION opaque() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'x'; END $$;
CREATE FUNCTION dice() RETURNS uuid LANGUAGE sql AS $$ SELECT gen_random_uuid() $$;
CREATE FUNCTION fixed() RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'x' $$;
CREATE TABLE parents (id int PRIMARY KEY);
CREATE TABLE items (
  n int, big bigint, code varchar(20), name text, price numeric(8, 2), at timestamp, day timestamptz,
  kind varchar(10) CHECK (kind <> ''), tag text, net cidr, bits varbit(8), fixed char(5), doc json,
  feeling mood, required int NOT NULL DEFAULT 1, parent_id int, during tstzrange, own positive,
  tags varchar(10)[], lasts interval, moment time(3)
);
CREATE INDEX items_tag ON items (tag);
CREATE INDEX items_at ON items (at);
CREATE INDEX items_code ON items (code);
CREATE UNIQUE INDEX items_n ON items (n);
CREATE UNIQUE INDEX items_required ON items (required);
CREATE INDEX items_lower ON items (lower(name));
ALTER TABLE items ADD CONSTRAINT big_present CHECK (big IS NOT NULL);
ALTER TABLE items ADD CONSTRAINT tag_present CHECK (tag IS NOT NULL) NOT VALID;`;

const alter = (action: string): string => `ALTER TABLE items ${action};`;

const STATEMENTS: readonly string[] = [
  ...[
    "c int",
    "c int DEFAULT 1",
    "c int NOT NULL DEFAULT 1",
    "c text DEFAULT fixed()",
    "c text DEFAULT opaque()",
    "c uuid DEFAULT dice()",
    "c timestamptz DEFAULT now()",
    "c timestamptz DEFAULT clock_timestamp()",
    "c timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP",
    "c uuid DEFAULT gen_random_uuid()",
    "c int DEFAULT nextval('numbers')",
    "c text DEFAULT 'x' || 'y'",
    "c jsonb DEFAULT '{}'::jsonb",
    "c text[] DEFAULT ARRAY['a']",
    "c float DEFAULT random()",
    "c serial",
    "c int GENERATED ALWAYS AS IDENTITY",
    "c int GENERATED ALWAYS AS (n * 2) STORED",
    "c int GENERATED ALWAYS AS (n * 2) VIRTUAL",
    "c positive",
    "c small",
    "c plain",
    "c numbered",
    "c positive[]",
    "c int CHECK (c > 0)",
    "c int UNIQUE",
    "c int DEFAULT 1 REFERENCES parents",
    "c int DEFAULT NULL REFERENCES parents",
    "c int REFERENCES parents",
  ].map((column) => alter(`ADD COLUMN ${column}`)),
  ...[
    "n TYPE bigint",
    "n TYPE int",
    "n TYPE plain",
    "n TYPE positive",
    "own TYPE int",
    "big TYPE int",
    "code TYPE varchar(40)",
    "code TYPE varchar(10)",
    "code TYPE varchar",
    "code TYPE text",
    "code TYPE text USING code::text",
    "code TYPE text USING upper(code)",
    "name TYPE varchar",
    "name TYPE varchar(10)",
    "price TYPE numeric(10, 2)",
    "price TYPE numeric(10, 3)",
    "price TYPE numeric",
    "kind TYPE varchar(20)",
    'tag TYPE text COLLATE "C"',
    "net TYPE inet",
    "bits TYPE varbit(16)",
    "bits TYPE varbit",
    "fixed TYPE char(6)",
    "fixed TYPE varchar(5)",
    "doc TYPE jsonb",
    "feeling TYPE text",
    "at TYPE timestamp(6)",
    "at TYPE timestamp(0)",
    "moment TYPE time",
    "moment TYPE time(0)",
    "lasts TYPE interval(3)",
    "tags TYPE text[]",
    "tags TYPE varchar(20)[]",
    "n SET NOT NULL",
    "big SET NOT NULL",
    "tag SET NOT NULL",
    "required SET NOT NULL",
    "n DROP NOT NULL",
    "n SET DEFAULT 4",
    "required ADD GENERATED ALWAYS AS IDENTITY",
  ].map((action) =>
    action.startsWith("required ADD")
      ? `ALTER TABLE items ALTER required DROP DEFAULT, ALTER ${action};`
      : alter(`ALTER ${action}`),
  ),
  ...[
    "CHECK (n > 0)",
    "CHECK (n > 0) NOT VALID",
    "CHECK (n > 0) NOT ENFORCED",
    "FOREIGN KEY (parent_id) REFERENCES parents",
    "FOREIGN KEY (parent_id) REFERENCES parents NOT VALID",
    "FOREIGN KEY (parent_id) REFERENCES parents NOT ENFORCED",
    "UNIQUE (big)",
    "UNIQUE USING INDEX items_n",
    "PRIMARY KEY (required)",
    "PRIMARY KEY USING INDEX items_required",
    "PRIMARY KEY USING INDEX items_n",
    "EXCLUDE USING gist (during WITH &&) WHERE (n > 5)",
    "CONSTRAINT c NOT NULL n",
    "CONSTRAINT c NOT NULL big",
    "CONSTRAINT c NOT NULL n NOT VALID",
  ].map((constraint) => alter(`ADD ${constraint}`)),
  "ALTER TABLE items VALIDATE CONSTRAINT tag_present;",
  "CREATE INDEX i ON items (n);",
  "REINDEX INDEX items_n;",
  "REINDEX TABLE items;",
  "SET LOCAL timezone = 'UTC'; ALTER TABLE items ALTER at TYPE timestamptz;",
  "SET LOCAL timezone = 'UTC'; ALTER TABLE items ALTER day TYPE timestamp;",
  "SET LOCAL timezone = 'Asia/Tokyo'; ALTER TABLE items ALTER at TYPE timestamptz;",
  "SET LOCAL timezone = 'Asia/Tokyo'; ALTER TABLE items ALTER day TYPE timestamp;",
];

const aboutLocks = new Set(
  rules
    .filter(({ category }) => category === "blocking-lock" || category === "table-rewrite")
    .map(({ id }) => id),
);

describe("a statement is found when it reads or writes the whole table while others wait", () => {
  let database: ObservedDatabase;
  let tables: ReadonlySet<string>;
  beforeAll(async () => {
    database = await ObservedDatabase.open();
    await database.run(BEFORE);
    await database.fill();
    tables = await database.tables();
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
  });

  it.each(STATEMENTS)("%s", async (migration) => {
    await database.run("BEGIN");
    const observed = await database.observe(migration, tables);
    await database.run("ROLLBACK");
    const table = observed.tables.get("public\0items");
    const isHeavy =
      table?.mode !== undefined &&
      blocks(table.mode).endsWith("writes") &&
      (table.rewritten || table.scanned);

    const found = findings({ before: [BEFORE], migration }).filter(
      ({ rule, severity }) => aboutLocks.has(rule) && severity !== "info",
    );

    expect(observed.code).toBeUndefined();
    expect(found.map(({ rule }) => rule)).toHaveLength(isHeavy ? 1 : 0);
  });
});
