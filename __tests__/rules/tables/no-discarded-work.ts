import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint);";
const BUILD = "CREATE INDEX CONCURRENTLY by_customer ON orders (customer);";
const DROP = "DROP INDEX CONCURRENTLY by_customer;";
const project = { before: [ORDERS], execution: AUTOCOMMIT };

testRule("no-discarded-work", {
  fires: [
    {
      title: "an index in the same migration",
      ...project,
      migration: `${BUILD} ${DROP}`,
      says: "`by_customer` on `orders` is built for nothing",
    },
    { title: "an index in a later one", ...project, migration: `${BUILD}\n---\n${DROP}` },
    {
      title: "a column in a later one",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD COLUMN a int;\n---\nALTER TABLE orders DROP COLUMN a;",
      says: "Every query on `orders` waits twice for nothing",
    },
  ],
  silent: [
    {
      title: "a helper column of one migration",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD COLUMN a int; ALTER TABLE orders DROP COLUMN a;",
    },
    { title: "the remains of a failed build", ...project, migration: `${DROP} ${BUILD}` },
    { title: "a new table", migration: `${ORDERS} CREATE INDEX i ON orders (id); DROP INDEX i;` },
    { title: "another index", ...project, migration: `${BUILD} DROP INDEX CONCURRENTLY other;` },
  ],
});
