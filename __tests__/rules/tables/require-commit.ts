import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

testRule("require-commit", {
  fires: [
    {
      title: "BEGIN alone",
      migration: "BEGIN; SELECT 1;",
      execution: AUTOCOMMIT,
      says: "No COMMIT follows this BEGIN",
      severity: "error",
      line: 1,
    },
    {
      title: "the second of two transactions",
      migration: "BEGIN; COMMIT;\nSTART TRANSACTION; SELECT 1;",
      execution: { transaction: false, sends: "script" },
      line: 2,
    },
    {
      title: "a savepoint that is released",
      migration: "BEGIN; SAVEPOINT a; RELEASE SAVEPOINT a;",
      execution: AUTOCOMMIT,
    },
  ],
  silent: [
    { title: "COMMIT", migration: "BEGIN; COMMIT;", execution: AUTOCOMMIT },
    { title: "END", migration: "BEGIN; END;", execution: AUTOCOMMIT },
    { title: "ROLLBACK", migration: "BEGIN; ROLLBACK;", execution: AUTOCOMMIT },
    { title: "a transaction of the runner's, which it commits", migration: "BEGIN; SELECT 1;" },
    {
      title: "the BEGIN of PL/pgSQL",
      migration: "DO $$ BEGIN PERFORM 1; END $$;",
      execution: AUTOCOMMIT,
    },
  ],
});
