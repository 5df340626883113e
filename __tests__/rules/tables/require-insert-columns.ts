import { testRule } from "../rule-table.ts";

const T = "CREATE TABLE t (id int PRIMARY KEY, a text);";

testRule("require-insert-columns", {
  fires: [
    {
      title: "VALUES",
      before: [T],
      migration: "INSERT INTO t VALUES (1, 'x');",
      severity: "info",
      table: "t",
    },
    { title: "SELECT", before: [T], migration: "INSERT INTO t SELECT id, a FROM other;" },
    {
      title: "a table that nobody created",
      migration: 'INSERT INTO "T" VALUES (1);',
      says: '`"T"`',
    },
  ],
  silent: [
    { title: "columns", before: [T], migration: "INSERT INTO t (id) VALUES (1);" },
    { title: "DEFAULT VALUES", before: [T], migration: "INSERT INTO t DEFAULT VALUES;" },
    {
      title: "a table of one column",
      before: ["CREATE TABLE one (a text);"],
      migration: "INSERT INTO one VALUES ('x');",
    },
    { title: "a new table", migration: `${T} INSERT INTO t VALUES (1, 'x');` },
  ],
});
