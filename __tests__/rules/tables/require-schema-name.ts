import { testRule } from "../rule-table.ts";

testRule("require-schema-name", {
  fires: [
    {
      title: "a quoted view",
      migration: 'CREATE VIEW "V" AS SELECT 1;',
      says: '`"V"` in another',
      severity: "info",
    },
    { title: "an enum", migration: "CREATE TYPE e AS ENUM ('a');" },
    {
      title: "a function",
      migration: "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';",
    },
  ],
  silent: [
    { title: "a schema", migration: 'CREATE TABLE "S".t (a int); CREATE SEQUENCE public.q;' },
    { title: "a temporary table", migration: "CREATE TEMP TABLE t (a int);" },
    { title: "a search_path", migration: "SET LOCAL search_path = app; CREATE TABLE t (a int);" },
    { title: "a use", migration: "ALTER TABLE t ADD a int;" },
  ],
});
