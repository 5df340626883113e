import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const alone = { execution: AUTOCOMMIT };

testRule("prefer-if-not-exists", {
  fires: [
    {
      ...alone,
      title: "CREATE TABLE",
      migration: "CREATE TABLE t (a int); SELECT 1;",
      severity: "info",
      says: "Add IF NOT EXISTS",
    },
    {
      ...alone,
      title: "DROP",
      migration: "DROP TABLE t; DROP VIEW IF EXISTS v;",
      says: "Add IF EXISTS",
    },
    { ...alone, title: "an enum's value", migration: "ALTER TYPE e ADD VALUE 'a'; SELECT 1;" },
  ],
  silent: [
    { title: "inside a transaction", migration: "CREATE TABLE t (a int); SELECT 1;" },
    {
      ...alone,
      title: "inside a transaction of its own",
      migration: "BEGIN; CREATE TABLE t (a int); DROP TABLE u; COMMIT;",
    },
    { ...alone, title: "the last statement", migration: "SELECT 1; CREATE TABLE t (a int);" },
    {
      ...alone,
      title: "CONCURRENTLY",
      migration: "CREATE INDEX CONCURRENTLY i ON t (a); DROP INDEX CONCURRENTLY j; SELECT 1;",
    },
    { ...alone, title: "a view", migration: "CREATE VIEW v AS SELECT 1; SELECT 1;" },
    { ...alone, title: "guarded", migration: "DROP TABLE IF EXISTS t; SELECT 1;" },
  ],
});
