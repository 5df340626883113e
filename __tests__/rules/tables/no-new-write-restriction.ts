import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, state text);";

testRule("no-new-write-restriction", {
  fires: [
    {
      title: "a CHECK that spares old rows",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD CHECK (total > 0) NOT VALID;",
      says: /writes other values to `total` of `orders` fails/,
      severity: "info",
    },
    {
      title: "NOT NULL",
      before: [ORDERS],
      migration: "ALTER TABLE orders ALTER COLUMN total SET NOT NULL;",
    },
    {
      title: "a unique index",
      before: [ORDERS],
      migration: "CREATE UNIQUE INDEX u ON orders (lower(state));",
    },
    {
      title: "a foreign key",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES orders NOT VALID;",
    },
  ],
  silent: [
    {
      title: "a new column",
      before: [ORDERS],
      migration:
        "ALTER TABLE orders ADD COLUMN a int; ALTER TABLE orders ADD CHECK (a > 0) NOT VALID;",
    },
    { title: "a new table", migration: `${ORDERS} ALTER TABLE orders ADD CHECK (total > 0);` },
    {
      title: "an index that was there",
      before: [ORDERS, "CREATE UNIQUE INDEX u ON orders (state);"],
      migration: "ALTER TABLE orders ADD UNIQUE USING INDEX u;",
    },
    { title: "a plain index", before: [ORDERS], migration: "CREATE INDEX i ON orders (state);" },
  ],
});
