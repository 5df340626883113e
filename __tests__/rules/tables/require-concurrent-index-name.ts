import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

testRule("require-concurrent-index-name", {
  fires: [
    {
      title: "no name",
      migration: 'CREATE UNIQUE INDEX CONCURRENTLY ON "Order" (id);',
      execution: AUTOCOMMIT,
      says: 'This index of `"Order"` has no name',
      severity: "warning",
    },
  ],
  silent: [
    {
      title: "a name",
      migration: "CREATE INDEX CONCURRENTLY i ON orders (id);",
      execution: AUTOCOMMIT,
    },
    {
      title: "no name, without CONCURRENTLY: a failed build is rolled back",
      migration: "CREATE INDEX ON orders (id);",
    },
  ],
});
