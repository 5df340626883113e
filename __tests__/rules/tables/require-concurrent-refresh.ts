import { testRule } from "../rule-table.ts";

const SALES = "CREATE TABLE sales (id bigint PRIMARY KEY, shop text);";
const VIEW = `${SALES} CREATE MATERIALIZED VIEW shops AS SELECT DISTINCT shop FROM sales;`;
const INDEXED = `${VIEW} CREATE UNIQUE INDEX ON shops (shop);`;

testRule("require-concurrent-refresh", {
  fires: [
    {
      title: "a view with a unique index",
      before: [INDEXED],
      migration: "REFRESH MATERIALIZED VIEW shops;",
      says: /^Refreshing `shops` holds an ACCESS EXCLUSIVE lock.* Refresh it with CONCURRENTLY\.$/,
      severity: "error",
      table: "shops",
    },
    {
      title: "a view without one",
      before: [VIEW],
      migration: "REFRESH MATERIALIZED VIEW shops;",
      says: "Create a unique index on it, and refresh it with CONCURRENTLY.",
    },
    {
      title: "a view that nobody created",
      migration: 'REFRESH MATERIALIZED VIEW "Shops";',
      says: '`"Shops"`',
    },
    {
      title: "CONCURRENTLY over a partial index",
      before: [`${VIEW} CREATE UNIQUE INDEX ON shops (shop) WHERE shop <> '';`],
      migration: "REFRESH MATERIALIZED VIEW CONCURRENTLY shops;",
      says: "fails with SQLSTATE 55000",
    },
    {
      title: "CONCURRENTLY over an expression",
      before: [`${VIEW} CREATE UNIQUE INDEX ON shops (lower(shop));`],
      migration: "REFRESH MATERIALIZED VIEW CONCURRENTLY shops;",
    },
  ],
  silent: [
    {
      title: "CONCURRENTLY over a unique index",
      before: [INDEXED],
      migration: "REFRESH MATERIALIZED VIEW CONCURRENTLY shops;",
    },
    {
      title: "CONCURRENTLY of a view that nobody created",
      migration: "REFRESH MATERIALIZED VIEW CONCURRENTLY shops;",
    },
    {
      title: "a view made here",
      before: [SALES],
      migration: `${VIEW.replace(SALES, "")} REFRESH MATERIALIZED VIEW shops;`,
    },
    {
      title: "WITH NO DATA",
      before: [INDEXED],
      migration: "REFRESH MATERIALIZED VIEW shops WITH NO DATA;",
    },
  ],
});
