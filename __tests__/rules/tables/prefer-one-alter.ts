import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, state text);";

testRule("prefer-one-alter", {
  fires: [
    {
      title: "two statements",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD COLUMN a int; ALTER TABLE orders ADD COLUMN b int;",
      says: "Write both in one statement",
    },
    {
      title: "three, said once",
      before: [ORDERS],
      migration:
        "ALTER TABLE orders ADD COLUMN a int; ALTER TABLE orders ADD COLUMN b int; ALTER TABLE orders DROP COLUMN state;",
    },
    {
      title: "two migrations of one pull request",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD COLUMN a int;\n---\nALTER TABLE orders ADD COLUMN b int;",
    },
  ],
  silent: [
    {
      title: "one statement",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD COLUMN a int, ADD COLUMN b int;",
    },
    {
      title: "a default for a new column only",
      before: [ORDERS],
      migration:
        "ALTER TABLE orders ADD COLUMN a int; ALTER TABLE orders ALTER COLUMN a SET DEFAULT 1;",
    },
    {
      title: "NOT VALID and VALIDATE",
      before: [ORDERS],
      migration:
        "ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT c;",
    },
    {
      title: "a new table",
      migration: `${ORDERS} ALTER TABLE orders ADD COLUMN a int; ALTER TABLE orders ADD COLUMN b int;`,
    },
    {
      title: "two tables",
      before: [ORDERS, "CREATE TABLE users (id int);"],
      migration: "ALTER TABLE orders ADD COLUMN a int; ALTER TABLE users ADD COLUMN a int;",
    },
  ],
});
