import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY);";
const OFF = "ALTER TABLE orders DISABLE TRIGGER audit;";

testRule("no-disabled-trigger", {
  fires: [
    {
      title: "one trigger",
      before: [ORDERS],
      migration: OFF,
      says: "no write fires the trigger `audit` of `orders`",
      severity: "warning",
      table: "orders",
    },
    {
      title: "ALL",
      before: [ORDERS],
      migration: "ALTER TABLE orders DISABLE TRIGGER ALL;",
      says: "The checks of its foreign keys are off as well.",
    },
    {
      title: "another trigger switched on",
      before: [ORDERS],
      migration: `${OFF} ALTER TABLE orders ENABLE TRIGGER other;`,
    },
    {
      title: "switched on before",
      before: [ORDERS],
      migration: `ALTER TABLE orders ENABLE TRIGGER audit; ${OFF}`,
    },
    {
      title: "switched on for another table",
      before: [ORDERS],
      migration: `${OFF} ALTER TABLE a.orders ENABLE TRIGGER ALL;`,
    },
  ],
  silent: [
    {
      title: "on again",
      before: [ORDERS],
      migration: `${OFF} ALTER TABLE public.orders ENABLE TRIGGER audit;`,
    },
    {
      title: "on again with all",
      before: [ORDERS],
      migration: `${OFF} ALTER TABLE orders ENABLE TRIGGER USER;`,
    },
    { title: "dropped then", before: [ORDERS], migration: `${OFF} DROP TRIGGER audit ON orders;` },
    { title: "a new table", migration: `${ORDERS} ${OFF}` },
    {
      title: "ENABLE ALWAYS",
      before: [ORDERS],
      migration: "ALTER TABLE orders ENABLE ALWAYS TRIGGER audit;",
    },
  ],
});
