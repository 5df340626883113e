import { testRule } from "../rule-table.ts";

testRule("prefer-bigint-primary-key", {
  fires: [
    {
      title: "serial",
      migration: 'CREATE TABLE s."T" ("Id" serial PRIMARY KEY);',
      severity: "info",
      table: 's."T"',
      says: 'once `"Id"` has reached 2,147,483,647',
    },
    {
      title: "smallint in a table constraint",
      migration: "CREATE TABLE t (id smallint, a int, PRIMARY KEY (id));",
      says: "32,767",
    },
  ],
  silent: [
    { title: "bigint", migration: "CREATE TABLE t (id bigserial PRIMARY KEY);" },
    { title: "other columns", migration: "CREATE TABLE t (id uuid PRIMARY KEY, number int);" },
    {
      title: "a key made of references",
      migration: "CREATE TABLE t (a int REFERENCES u, b bigint, PRIMARY KEY (a, b));",
    },
    { title: "a temporary table", migration: "CREATE TEMP TABLE t (id int PRIMARY KEY);" },
  ],
});
