import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

testRule("no-nontransactional-statement-in-transaction", {
  fires: [
    {
      title: "VACUUM in the runner's transaction",
      framework: "goose",
      migration: "VACUUM orders;",
      says: "VACUUM fails with SQLSTATE 25001 in a transaction, and goose opens one around this migration. Run it in a migration of its own that begins with `-- +goose NO TRANSACTION`.",
      severity: "error",
    },
    { title: "CREATE DATABASE", migration: "CREATE DATABASE shop;", says: "CREATE DATABASE" },
    { title: "ALTER SYSTEM", migration: "ALTER SYSTEM SET work_mem = '64MB';" },
    { title: "a tablespace", migration: "DROP TABLESPACE fast;", says: "DROP TABLESPACE" },
    { title: "REINDEX of a schema", migration: "REINDEX SCHEMA public;" },
    { title: "CLUSTER of everything", migration: "CLUSTER;" },
    {
      title: "after BEGIN",
      migration: "BEGIN; VACUUM; COMMIT;",
      execution: AUTOCOMMIT,
      says: "BEGIN opens one above it",
    },
    {
      title: "several statements of one query",
      migration: "SELECT 1; VACUUM;",
      execution: { transaction: false, sends: "script" },
      says: "as one query",
    },
    {
      title: "a down script",
      migration: "SELECT 1;",
      down: "VACUUM;",
      severity: "warning",
    },
  ],
  silent: [
    { title: "in autocommit", migration: "VACUUM; SELECT 1;", execution: AUTOCOMMIT },
    {
      title: "the only statement of a query",
      migration: "VACUUM;",
      execution: { transaction: false, sends: "script" },
    },
    { title: "ANALYZE", migration: "ANALYZE;" },
    {
      title: "CLUSTER and REINDEX of one table",
      before: ["CREATE TABLE t (id int PRIMARY KEY);"],
      migration: "CLUSTER t USING t_pkey; REINDEX TABLE t;",
    },
  ],
});
