import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, state text);";

testRule("no-seed-rows", {
  fires: [
    {
      title: "a row",
      before: [ORDERS],
      migration: "INSERT INTO orders (id) VALUES (1);",
      says: "where `orders` has such a row already",
    },
  ],
  silent: [
    {
      title: "one that may be there",
      before: [ORDERS],
      migration: "INSERT INTO orders (id) VALUES (1) ON CONFLICT DO NOTHING;",
    },
    { title: "a new table", migration: `${ORDERS} INSERT INTO orders (id) VALUES (1);` },
    { title: "rows of a query", before: [ORDERS], migration: "INSERT INTO orders (id) SELECT 1;" },
  ],
});
