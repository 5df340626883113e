import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, state text);";

testRule("require-analyze", {
  fires: [
    {
      title: "an expression",
      before: [ORDERS],
      migration: "CREATE INDEX i ON orders (lower(state));",
      says: "Queries on `orders`",
    },
    {
      title: "a change of every row",
      before: [ORDERS],
      migration: "UPDATE orders SET state = 'a';",
    },
  ],
  silent: [
    {
      title: "analyzed after it",
      before: [ORDERS],
      migration: "CREATE INDEX i ON orders (lower(state)); ANALYZE orders;",
    },
    {
      title: "everything analyzed",
      before: [ORDERS],
      migration: "UPDATE orders SET state = 'a'; ANALYZE;",
    },
    {
      title: "an index on columns",
      before: [ORDERS],
      migration: "CREATE INDEX i ON orders (state);",
    },
    { title: "a new table", migration: `${ORDERS} CREATE INDEX i ON orders (lower(state));` },
  ],
});
