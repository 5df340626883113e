import { testRule } from "../rule-table.ts";

const ORDERS = `CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE SEQUENCE numbers;
CREATE FUNCTION fixed() RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'x' $$;
CREATE FUNCTION opaque() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'x'; END $$;
CREATE FUNCTION dice() RETURNS uuid LANGUAGE sql AS $$ SELECT gen_random_uuid() $$;
CREATE FUNCTION loose() RETURNS text LANGUAGE sql AS $$ SELECT 'x' $$;`;
const add = (column: string): string => `ALTER TABLE orders ADD COLUMN ${column};`;

testRule("no-volatile-default", {
  fires: [
    {
      title: "gen_random_uuid()",
      before: [ORDERS],
      migration: add("c uuid DEFAULT gen_random_uuid()"),
      severity: "error",
      confidence: "high",
      table: "orders",
    },
    {
      title: "in another call",
      before: [ORDERS],
      migration: add("c text DEFAULT md5(random()::text)"),
    },
    {
      title: "clock_timestamp()",
      before: [ORDERS],
      migration: add("c timestamptz DEFAULT clock_timestamp()"),
    },
    { title: "nextval()", before: [ORDERS], migration: add("c bigint DEFAULT nextval('numbers')") },
    {
      title: "uuid_generate_v4() of an extension",
      before: [ORDERS],
      migration: add("c uuid DEFAULT uuid_generate_v4()"),
    },
    {
      title: "a function in PL/pgSQL that is declared without a word",
      before: [ORDERS],
      migration: add("c text DEFAULT opaque()"),
      severity: "error",
    },
    {
      title: "a function in SQL that calls a volatile one",
      before: [ORDERS],
      migration: add("c uuid DEFAULT dice()"),
      severity: "error",
    },
    {
      title: "a function in SQL that calls none, which PostgreSQL may see through",
      before: [ORDERS],
      migration: add("c text DEFAULT loose()"),
      severity: "warning",
    },
    {
      title: "a function that nobody declared",
      before: [ORDERS],
      migration: add("c text DEFAULT make_code()"),
      severity: "warning",
      confidence: "medium",
      says: "do not tell whether it is VOLATILE",
    },
  ],
  silent: [
    ...[
      "now()",
      "CURRENT_TIMESTAMP",
      "'x'",
      "'x'::text",
      "-1",
      "'{}'::jsonb",
      "ARRAY[]::text[]",
      "fixed()",
      "(now() AT TIME ZONE 'utc')",
      "current_setting('x', true)",
      "NULL",
    ].map((text) => ({ title: text, before: [ORDERS], migration: add(`c text DEFAULT ${text}`) })),
    {
      title: "SET DEFAULT",
      before: [ORDERS],
      migration: "ALTER TABLE orders ALTER id SET DEFAULT nextval('numbers');",
    },
    { title: "serial, which another rule tells of", before: [ORDERS], migration: add("c serial") },
    { title: "a new table", migration: `${ORDERS} ${add("c uuid DEFAULT gen_random_uuid()")}` },
  ],
});
