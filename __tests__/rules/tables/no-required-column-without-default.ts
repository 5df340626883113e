import { testRule } from "../rule-table.ts";

const ORDERS = `CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE DOMAIN code AS text DEFAULT 'x';
CREATE DOMAIN bare AS text;`;
const add = (column: string): string => `ALTER TABLE orders ADD COLUMN ${column};`;

testRule("no-required-column-without-default", {
  fires: [
    {
      title: "a table of which some rows are deleted",
      before: [ORDERS],
      migration: `DELETE FROM orders WHERE id = 1; ${add("status text NOT NULL")}`,
    },
    {
      title: "a table that is emptied and filled again",
      before: [ORDERS],
      migration: `TRUNCATE orders; INSERT INTO orders VALUES (1); ${add("status text NOT NULL")}`,
    },
    {
      title: "a table that is emptied too late",
      before: [ORDERS],
      migration: `${add("status text NOT NULL")} TRUNCATE orders;`,
    },
    {
      title: "after another table is emptied",
      before: [ORDERS, "CREATE TABLE other (id int);"],
      migration: `TRUNCATE other; ${add("status text NOT NULL")}`,
    },
    {
      title: "NOT NULL alone",
      before: [ORDERS],
      migration: add("status text NOT NULL"),
      severity: "error",
      table: "orders",
      says: "fails as soon as `orders` holds a row",
    },
    {
      title: "DEFAULT NULL is no default",
      before: [ORDERS],
      migration: add("status text NOT NULL DEFAULT NULL"),
    },
    {
      title: "DEFAULT NULL with a cast",
      before: [ORDERS],
      migration: add("status text DEFAULT NULL::text NOT NULL"),
    },
    {
      title: "a default that comes too late",
      before: [ORDERS],
      migration: `${add("status text NOT NULL")} ALTER TABLE orders ALTER status SET DEFAULT 'x';`,
    },
    { title: "a primary key", before: [ORDERS], migration: add("key uuid PRIMARY KEY") },
    {
      title: "a domain without a default",
      before: [ORDERS],
      migration: add("status bare NOT NULL"),
    },
    {
      title: "a new table with rows",
      migration:
        "CREATE TABLE t (id int); INSERT INTO t VALUES (1); ALTER TABLE t ADD COLUMN status text NOT NULL;",
    },
    {
      title: "a down script that brings a column back",
      before: [ORDERS],
      migration: "SELECT 1;",
      down: add("status text NOT NULL"),
      severity: "warning",
    },
    {
      title: "one of two columns",
      before: [ORDERS],
      migration:
        "ALTER TABLE orders\n  ADD COLUMN a int NOT NULL DEFAULT 1,\n  ADD COLUMN b int NOT NULL;",
      line: 3,
    },
  ],
  silent: [
    {
      title: "a table that the migration empties",
      before: [ORDERS],
      migration: `TRUNCATE orders; ${add("status text NOT NULL")}`,
    },
    {
      title: "a table of which it deletes every row",
      before: [ORDERS],
      migration: `DELETE FROM public.orders; ${add("status text NOT NULL")}`,
    },
    { title: "a default", before: [ORDERS], migration: add("status text NOT NULL DEFAULT 'new'") },
    {
      title: "DEFAULT false",
      before: [ORDERS],
      migration: add("open boolean DEFAULT false NOT NULL"),
    },
    { title: "without NOT NULL", before: [ORDERS], migration: add("status text") },
    { title: "serial", before: [ORDERS], migration: add("number serial NOT NULL") },
    {
      title: "identity",
      before: [ORDERS],
      migration: add("number int GENERATED ALWAYS AS IDENTITY"),
    },
    {
      title: "generated",
      before: [ORDERS],
      migration: add("twice bigint NOT NULL GENERATED ALWAYS AS (id * 2) STORED"),
    },
    { title: "a domain with a default", before: [ORDERS], migration: add("status code NOT NULL") },
    { title: "a new table", migration: `${ORDERS} ${add("status text NOT NULL")}` },
    {
      title: "a temporary table",
      migration: "CREATE TEMP TABLE t (id int); ALTER TABLE t ADD COLUMN b int NOT NULL;",
    },
  ],
});
