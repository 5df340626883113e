import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, state text);";
const USERS = "CREATE TABLE users (id bigint PRIMARY KEY);";
const A = "ALTER TABLE orders ADD COLUMN a int;";
const B = "ALTER TABLE users ADD COLUMN a int;";

testRule("no-wide-lock-window", {
  fires: [
    {
      title: "two tables",
      before: [ORDERS, USERS],
      migration: `${A} ${B}`,
      says: "Reads and writes of `orders` wait until the lock on `users` is had",
      line: 1,
    },
    {
      title: "three, said once",
      before: [ORDERS, USERS, "CREATE TABLE third (id int);"],
      migration: `${A} ${B} DROP TABLE third;`,
    },
  ],
  silent: [
    {
      title: "one table twice",
      before: [ORDERS],
      migration: `${A} ALTER TABLE orders ADD COLUMN b int;`,
    },
    {
      title: "two transactions",
      before: [ORDERS, USERS],
      migration: `${A} ${B}`,
      execution: AUTOCOMMIT,
    },
    { title: "two migrations", before: [ORDERS, USERS], migration: `${A}\n---\n${B}` },
    { title: "a new table beside", before: [ORDERS], migration: `${USERS} ${A} ${B}` },
    {
      title: "as many as the option allows",
      before: [ORDERS, USERS],
      migration: `${A} ${B}`,
      options: { tables: 2 },
    },
  ],
});
