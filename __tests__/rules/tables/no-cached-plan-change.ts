import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, state text);";

testRule("no-cached-plan-change", {
  fires: [
    {
      title: "two columns, said once",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD COLUMN a int, ADD COLUMN b int;",
      says: "SELECT * of `orders`",
    },
  ],
  silent: [{ title: "a new table", migration: `${ORDERS} ALTER TABLE orders ADD COLUMN a int;` }],
});
