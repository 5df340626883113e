import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, state text);";
const SCAN = "ALTER TABLE orders ADD CHECK (total > 0);";

testRule("require-statement-timeout", {
  fires: [
    {
      title: "none",
      before: [ORDERS],
      migration: SCAN,
      says: "This reads `orders` under its lock",
    },
    { title: "too long", before: [ORDERS], migration: `SET statement_timeout = '2h'; ${SCAN}` },
    { title: "off", before: [ORDERS], migration: `SET statement_timeout = 0; ${SCAN}` },
  ],
  silent: [
    { title: "seconds", before: [ORDERS], migration: `SET statement_timeout = '10s'; ${SCAN}` },
    {
      title: "a change of the catalog",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD COLUMN a int;",
    },
    {
      title: "a concurrent build",
      before: [ORDERS],
      migration: "CREATE INDEX CONCURRENTLY i ON orders (state);",
      execution: AUTOCOMMIT,
    },
    { title: "a new table", migration: `${ORDERS} ${SCAN}` },
  ],
});
