import { testRule } from "../rule-table.ts";

const TABLE = "CREATE TABLE orders (id bigint PRIMARY KEY);";

testRule("no-privilege-change-with-schema-change", {
  fires: [
    {
      title: "once for the migration",
      before: [TABLE],
      migration:
        "CREATE TABLE t (a int); GRANT SELECT ON orders, t TO app; REVOKE ALL ON orders FROM app;",
      severity: "info",
      line: 1,
    },
    {
      title: "an owner",
      before: [TABLE],
      migration: "ALTER TABLE orders OWNER TO app; DROP TABLE orders;",
    },
    {
      title: "default privileges",
      before: [TABLE],
      migration:
        "ALTER TABLE orders ADD a int; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO app;",
    },
  ],
  silent: [
    { title: "privileges alone", before: [TABLE], migration: "GRANT SELECT ON orders TO app;" },
    {
      title: "privileges on a new table",
      migration:
        'CREATE TABLE s."T" (a int); GRANT SELECT ON s."T" TO app; ALTER TABLE s."T" OWNER TO app;',
    },
    {
      title: "privileges of a new schema and its function",
      migration:
        "CREATE SCHEMA s; CREATE TABLE s.t (a int); GRANT USAGE ON SCHEMA s TO app; CREATE FUNCTION s.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION s.f() TO app;",
    },
  ],
});
