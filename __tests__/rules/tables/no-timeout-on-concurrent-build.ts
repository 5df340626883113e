import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);";
const BUILD = "CREATE INDEX CONCURRENTLY orders_note ON orders (note);";
const project = { before: [ORDERS], execution: AUTOCOMMIT };

testRule("no-timeout-on-concurrent-build", {
  fires: [
    {
      title: "seconds",
      ...project,
      migration: `SET statement_timeout = '30s'; ${BUILD}`,
      says: "statement_timeout (`30s`)",
      severity: "warning",
    },
    {
      title: "a number of milliseconds",
      ...project,
      migration: `SET statement_timeout = 30000; ${BUILD}`,
    },
    {
      title: "a rebuild",
      ...project,
      migration: "SET statement_timeout TO '1min'; REINDEX TABLE CONCURRENTLY orders;",
      says: "of `orders`",
    },
  ],
  silent: [
    { title: "none", ...project, migration: BUILD },
    { title: "lifted", ...project, migration: `SET statement_timeout = 0; ${BUILD}` },
    {
      title: "reset before",
      ...project,
      migration: `SET statement_timeout = '5s'; RESET statement_timeout; ${BUILD}`,
    },
    { title: "an hour", ...project, migration: `SET statement_timeout = '1h'; ${BUILD}` },
    {
      title: "less than the option",
      ...project,
      migration: `SET statement_timeout = '30s'; ${BUILD}`,
      options: { shortest: 20 },
    },
    {
      title: "set after it",
      ...project,
      migration: `${BUILD} SET statement_timeout = '30s';`,
    },
    {
      title: "another build",
      before: [ORDERS],
      migration: "SET statement_timeout = '5s'; CREATE INDEX orders_note ON orders (note);",
    },
  ],
});
