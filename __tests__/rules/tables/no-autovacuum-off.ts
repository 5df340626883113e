import { testRule } from "../rule-table.ts";

testRule("no-autovacuum-off", {
  fires: [
    {
      title: "a new table",
      migration: "CREATE TABLE t (a int) WITH (fillfactor = 90, autovacuum_enabled = off);",
      severity: "warning",
      table: "t",
    },
    {
      title: "TOAST, quoted values and names",
      migration: `ALTER TABLE s."T" SET (toast.autovacuum_enabled = 'false');`,
      says: 'on `s."T"`',
    },
    {
      title: "set back for another table",
      migration:
        "ALTER TABLE t SET (autovacuum_enabled = 0); ALTER TABLE u RESET (autovacuum_enabled);",
    },
  ],
  silent: [
    { title: "true", migration: "ALTER TABLE t SET (autovacuum_enabled = true);" },
    { title: "without a value", migration: "ALTER TABLE t SET (autovacuum_enabled);" },
    {
      title: "set back after a load",
      migration:
        "ALTER TABLE t SET (autovacuum_enabled = false); INSERT INTO t SELECT 1; ALTER TABLE t RESET (autovacuum_enabled);",
    },
    {
      title: "a temporary table",
      migration: "CREATE TEMP TABLE t (a int) WITH (autovacuum_enabled = off);",
    },
  ],
});
