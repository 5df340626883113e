import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const VIEW = "CREATE VIEW v AS SELECT 1 AS a;";

testRule("no-drop-view", {
  fires: [
    {
      title: "a view",
      before: [VIEW],
      migration: "DROP VIEW v;",
      severity: "warning",
      says: "view `v` fails at once",
    },
    {
      title: "a materialized view",
      before: ["CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;"],
      migration: "DROP MATERIALIZED VIEW m;",
      says: "materialized view `m`",
    },
    {
      title: "made again, but not in the same transaction",
      before: [VIEW],
      migration: `DROP VIEW v; ${VIEW}`,
      execution: AUTOCOMMIT,
    },
    {
      title: "another one is made",
      before: [VIEW],
      migration: "DROP VIEW v; CREATE VIEW w AS SELECT 1 AS a;",
    },
  ],
  silent: [
    {
      title: "a table with rows takes its place",
      before: [VIEW],
      migration: "DROP VIEW v; CREATE TABLE v AS SELECT 1 AS a;",
    },
    {
      title: "made again in the same transaction",
      before: [VIEW],
      migration: `DROP VIEW IF EXISTS public.v; ${VIEW}`,
    },
    {
      title: "made again between BEGIN and COMMIT",
      before: [VIEW],
      migration: `BEGIN; DROP VIEW v; ${VIEW} COMMIT;`,
      execution: AUTOCOMMIT,
    },
    {
      title: "a table takes its place",
      before: [VIEW],
      migration: "DROP VIEW v; CREATE TABLE v (a int);",
    },
    { title: "a new view", migration: `${VIEW} DROP VIEW v;` },
    { title: "IF EXISTS of a view that nobody made", migration: "DROP VIEW IF EXISTS v;" },
    { title: "in the down script", migration: VIEW, down: "DROP VIEW v;" },
  ],
});
