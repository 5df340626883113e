import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, state text);";

testRule("no-select-star", {
  fires: [
    {
      title: "a view",
      before: [ORDERS],
      migration: "CREATE VIEW v AS SELECT o.* FROM orders o;",
      says: "missing in `v`",
    },
    { title: "a table", before: [ORDERS], migration: "CREATE TABLE t AS SELECT * FROM orders;" },
  ],
  silent: [
    {
      title: "named columns",
      before: [ORDERS],
      migration: "CREATE VIEW v AS SELECT id FROM orders;",
    },
    {
      title: "count(*)",
      before: [ORDERS],
      migration: "CREATE VIEW v AS SELECT count(*) AS n FROM orders;",
    },
  ],
});
