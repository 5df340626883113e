import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

testRule("no-commit-in-migration", {
  fires: [
    {
      title: "BEGIN and COMMIT within the runner's transaction",
      framework: "dbmate",
      migration: "BEGIN;\nSELECT 1;\nCOMMIT;",
      says: /^COMMIT ends the transaction that dbmate opened/,
      severity: "warning",
      line: 3,
    },
    {
      title: "once for each migration",
      migration: "COMMIT; BEGIN; COMMIT;",
      times: 1,
    },
    {
      title: "ROLLBACK",
      migration: "SELECT 1; ROLLBACK;",
      says: /^ROLLBACK ends/,
      severity: "error",
    },
  ],
  silent: [
    {
      title: "where the runner opens none",
      migration: "BEGIN; SELECT 1; COMMIT;",
      execution: AUTOCOMMIT,
    },
    {
      title: "within one query string",
      migration: "BEGIN; SELECT 1; COMMIT;",
      execution: { transaction: false, sends: "script" },
    },
    { title: "savepoints", migration: "SAVEPOINT a; ROLLBACK TO SAVEPOINT a;" },
    { title: "ON COMMIT DROP", migration: "CREATE TEMP TABLE t (id int) ON COMMIT DROP;" },
  ],
});
