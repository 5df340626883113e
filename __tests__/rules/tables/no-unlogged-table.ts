import { testRule } from "../rule-table.ts";

testRule("no-unlogged-table", {
  fires: [
    {
      title: "CREATE UNLOGGED TABLE",
      migration: 'CREATE UNLOGGED TABLE "Cache" (id int);',
      says: 'A crash of the server empties `"Cache"`',
      severity: "warning",
    },
  ],
  silent: [
    { title: "a logged table", migration: "CREATE TABLE t (id int);" },
    { title: "a temporary table", migration: "CREATE TEMP TABLE t (id int);" },
    {
      title: "IF NOT EXISTS of one that exists",
      before: ["CREATE TABLE t (id int);"],
      migration: "CREATE UNLOGGED TABLE IF NOT EXISTS t (id int);",
    },
  ],
});
