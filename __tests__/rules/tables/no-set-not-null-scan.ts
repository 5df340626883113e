import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, email text, note text);";
const CHECK = "ALTER TABLE orders ADD CONSTRAINT present CHECK (email IS NOT NULL) NOT VALID;";
const VALIDATE = "ALTER TABLE orders VALIDATE CONSTRAINT present;";
const SET = "ALTER TABLE orders ALTER COLUMN email SET NOT NULL;";

testRule("no-set-not-null-scan", {
  fires: [
    {
      title: "without a proof",
      before: [ORDERS],
      migration: SET,
      severity: "error",
      says: "Add CHECK (email IS NOT NULL) NOT VALID",
      table: "orders",
    },
    {
      title:
        "a column whose name is a word of SQL: unquoted, the CHECK would be of the session's user",
      before: ['CREATE TABLE "order" (id bigint PRIMARY KEY, "user" text);'],
      migration: 'ALTER TABLE "order" ALTER COLUMN "user" SET NOT NULL;',
      says: 'Add CHECK ("user" IS NOT NULL) NOT VALID',
    },
    {
      title: "PostgreSQL 18's own way",
      before: [ORDERS],
      migration: SET,
      postgres: [18],
      says: "ADD CONSTRAINT … NOT NULL email NOT VALID",
    },
    {
      title: "a CHECK that is NOT VALID does not help",
      before: [ORDERS, CHECK],
      migration: SET,
      says: "The CHECK `present` does not spare that",
    },
    {
      title: "a CHECK of another column",
      before: [`${ORDERS} ALTER TABLE orders ADD CHECK (note IS NOT NULL);`],
      migration: SET,
    },
    {
      title: "a CHECK with OR",
      before: [`${ORDERS} ALTER TABLE orders ADD CHECK (email IS NOT NULL OR note IS NOT NULL);`],
      migration: SET,
    },
    {
      title: "a proof that was dropped",
      before: [ORDERS, CHECK, VALIDATE, "ALTER TABLE orders DROP CONSTRAINT present;"],
      migration: SET,
    },
    {
      title: "after a backfill",
      before: [ORDERS],
      migration: `UPDATE orders SET email = '' WHERE email IS NULL; ${SET}`,
    },
    {
      title: "each of several columns",
      before: [ORDERS],
      migration: "ALTER TABLE orders ALTER email SET NOT NULL, ALTER note SET NOT NULL;",
      times: 2,
    },
    {
      title: "a quoted column",
      before: ['CREATE TABLE "Order" ("eMail" text);'],
      migration: 'ALTER TABLE "Order" ALTER COLUMN "eMail" SET NOT NULL;',
      says: '"eMail" IS NOT NULL',
      table: '"Order"',
    },
    {
      title: "ADD CONSTRAINT … NOT NULL",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD CONSTRAINT n NOT NULL email;",
      says: "This NOT NULL",
    },
    {
      title: "a column of this pull request on an old table",
      before: [ORDERS],
      migration:
        "ALTER TABLE orders ADD COLUMN c int; ALTER TABLE orders ALTER COLUMN c SET NOT NULL;",
    },
  ],
  silent: [
    {
      title: "a CHECK validated in an earlier migration",
      before: [ORDERS, CHECK, VALIDATE],
      migration: SET,
    },
    {
      title: "a CHECK validated long before, with others joined by AND",
      before: [
        ORDERS,
        "ALTER TABLE orders ADD CHECK (note <> '' AND email IS NOT NULL);",
        "SELECT 1;",
      ],
      migration: SET,
    },
    {
      title: "a CHECK validated in the pull request",
      before: [ORDERS],
      migration: `${CHECK}\n---\n${VALIDATE}\n---\n${SET}`,
    },
    {
      title: "a CHECK validated in the same file",
      before: [ORDERS],
      migration: `${CHECK} ${VALIDATE} ${SET}`,
      execution: AUTOCOMMIT,
    },
    {
      title: "by another spelling of the table",
      before: [ORDERS, CHECK, VALIDATE],
      migration: "ALTER TABLE PUBLIC.Orders ALTER COLUMN EMAIL SET NOT NULL;",
    },
    {
      title: "a column that is NOT NULL already",
      before: [ORDERS],
      migration: "ALTER TABLE orders ALTER COLUMN id SET NOT NULL;",
    },
    { title: "a new table", migration: `${ORDERS} ${SET}` },
    {
      title: "DROP NOT NULL",
      before: [ORDERS],
      migration: "ALTER TABLE orders ALTER COLUMN email DROP NOT NULL;",
    },
    {
      title: "ADD CONSTRAINT … NOT NULL … NOT VALID",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD CONSTRAINT n NOT NULL email NOT VALID;",
    },
    {
      title: "IS NOT NULL in the predicate of an index",
      before: [ORDERS],
      migration: "CREATE INDEX i ON orders (id) WHERE email IS NOT NULL;",
    },
    {
      title: "ADD CONSTRAINT … NOT NULL on a new table",
      migration: `${ORDERS} ALTER TABLE orders ADD CONSTRAINT n NOT NULL email;`,
    },
    {
      title: "ADD CONSTRAINT … NOT NULL of a column that holds none",
      before: [ORDERS, CHECK, VALIDATE],
      migration: "ALTER TABLE orders ADD CONSTRAINT n NOT NULL email;",
    },
    {
      title: "another constraint",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD CHECK (email IS NOT NULL);",
    },
  ],
});
