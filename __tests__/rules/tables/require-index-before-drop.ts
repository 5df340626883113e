import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const ORDERS = `CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint, day date);
CREATE INDEX by_customer ON orders (customer);`;
const DROP = "DROP INDEX CONCURRENTLY by_customer;";
const BUILD = "CREATE INDEX CONCURRENTLY by_customer_day ON orders (customer, day);";
const project = { before: [ORDERS], execution: AUTOCOMMIT };

testRule("require-index-before-drop", {
  fires: [
    {
      title: "the drop first",
      ...project,
      migration: `${DROP} ${BUILD}`,
      says: "Queries that find rows of `orders` by `customer` read the whole table",
      table: "orders",
    },
    { title: "the build in the next migration", ...project, migration: `${DROP}\n---\n${BUILD}` },
  ],
  silent: [
    { title: "the build first", ...project, migration: `${BUILD} ${DROP}` },
    { title: "the drop alone", ...project, migration: DROP },
    {
      title: "both in one transaction",
      before: [ORDERS],
      migration: "DROP INDEX by_customer; CREATE INDEX by_customer_day ON orders (customer, day);",
    },
    {
      title: "another index begins with the column",
      before: [ORDERS, "CREATE INDEX third ON orders (customer, id);"],
      execution: AUTOCOMMIT,
      migration: `${DROP} ${BUILD}`,
    },
    {
      title: "an index on another column",
      ...project,
      migration: `${DROP} CREATE INDEX CONCURRENTLY by_day ON orders (day);`,
    },
    {
      title: "the remains of a build that failed",
      before: ["CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint, day date);"],
      execution: AUTOCOMMIT,
      migration: `DROP INDEX CONCURRENTLY IF EXISTS by_customer_day; ${BUILD}`,
    },
  ],
});
