import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, region text);";

testRule("no-null-comparison", {
  fires: [
    {
      title: "UPDATE",
      before: [ORDERS],
      migration: "UPDATE orders SET region = 'eu' WHERE region = NULL;",
      says: "This UPDATE of `orders` changes no row: comparing `region`",
      severity: "error",
    },
    {
      title: "DELETE, the other way round, among others",
      before: [ORDERS],
      migration: "DELETE FROM orders WHERE id > 5 AND NULL <> region;",
      says: "This DELETE",
    },
    {
      title: "a cast NULL",
      before: [ORDERS],
      migration: "DELETE FROM orders WHERE region != NULL::text;",
    },
  ],
  silent: [
    {
      title: "IS NULL",
      before: [ORDERS],
      migration: "UPDATE orders SET region = 'eu' WHERE region IS NULL;",
    },
    {
      title: "a value that is set to NULL",
      before: [ORDERS],
      migration: "UPDATE orders SET region = NULL WHERE id = 1;",
    },
    {
      title: "one of two conditions",
      before: [ORDERS],
      migration: "DELETE FROM orders WHERE region = NULL OR id = 1;",
    },
    {
      title: "IS DISTINCT FROM",
      before: [ORDERS],
      migration: "DELETE FROM orders WHERE region IS NOT DISTINCT FROM NULL;",
    },
    {
      title: "where the session reads it otherwise",
      before: [ORDERS],
      migration: "SET transform_null_equals = on; DELETE FROM orders WHERE region = NULL;",
    },
  ],
});
