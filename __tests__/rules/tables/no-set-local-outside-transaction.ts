import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

testRule("no-set-local-outside-transaction", {
  fires: [
    {
      title: "in autocommit",
      migration: "SET LOCAL statement_timeout = 0;",
      execution: AUTOCOMMIT,
      says: /^No transaction is open here: SET LOCAL statement_timeout warns/,
      severity: "warning",
    },
    {
      title: "after the transaction's end",
      migration: "BEGIN; COMMIT; SET LOCAL lock_timeout = '5s';",
      execution: AUTOCOMMIT,
    },
    {
      title: "the only statement of a query",
      migration: "SET LOCAL lock_timeout = '5s';",
      execution: { transaction: false, sends: "script" },
    },
  ],
  silent: [
    { title: "in the runner's transaction", migration: "SET LOCAL lock_timeout = '5s';" },
    {
      title: "between BEGIN and COMMIT",
      migration: "BEGIN; SET LOCAL lock_timeout = '5s'; COMMIT;",
      execution: AUTOCOMMIT,
    },
    {
      title: "among several statements of one query",
      migration: "SET LOCAL lock_timeout = '5s'; SELECT 1;",
      execution: { transaction: false, sends: "script" },
    },
    { title: "SET", migration: "SET lock_timeout = '5s';", execution: AUTOCOMMIT },
    {
      title: "in a DO block, which is a transaction",
      migration: "DO $$ BEGIN SET LOCAL lock_timeout = '5s'; END $$;",
      execution: AUTOCOMMIT,
    },
  ],
});
