import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);";

testRule("require-not-valid-check", {
  fires: [
    {
      title: "ADD CONSTRAINT",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0);",
      severity: "error",
      table: "orders",
      says: "ACCESS EXCLUSIVE",
    },
    {
      title: "without a name",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD CHECK (total > 0);",
    },
    {
      title: "on a new column",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD COLUMN tax numeric CHECK (tax < 1);",
      says: "though the column is new",
    },
    {
      title: "one of several actions, beside one with NOT VALID",
      before: [ORDERS],
      migration: "ALTER TABLE orders\n  ADD CHECK (id > 0) NOT VALID,\n  ADD CHECK (total > 0);",
      line: 3,
    },
    {
      title: "IS NOT NULL",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD CHECK (total IS NOT NULL);",
    },
  ],
  silent: [
    {
      title: "NOT VALID",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD CHECK (total > 0) NOT VALID;",
    },
    {
      title: "NOT ENFORCED",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD CHECK (total > 0) NOT ENFORCED;",
    },
    { title: "a new table", migration: `${ORDERS} ALTER TABLE orders ADD CHECK (total > 0);` },
    { title: "in CREATE TABLE", migration: "CREATE TABLE t (a int CHECK (a > 0), CHECK (a < 9));" },
    {
      title: "another constraint",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD UNIQUE (total);",
    },
    {
      title: "another column",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD COLUMN note text UNIQUE;",
    },
    {
      title: "a column of a new table",
      migration: `${ORDERS} ALTER TABLE orders ADD COLUMN tax numeric CHECK (tax < 1);`,
    },
    {
      title: "NOT ENFORCED on a new column",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD COLUMN tax numeric CHECK (tax < 1) NOT ENFORCED;",
    },
  ],
});
