import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint);";
const CHECK = "ALTER TABLE orders ADD CONSTRAINT c CHECK (customer IS NOT NULL) NOT VALID;";

testRule("prefer-not-null-not-valid", {
  fires: [
    {
      title: "on 18",
      before: [ORDERS],
      migration: CHECK,
      postgres: [18],
      says: "Write NOT NULL customer NOT VALID",
      severity: "info",
    },
  ],
  silent: [
    { title: "on an unknown version", before: [ORDERS], migration: CHECK },
    { title: "on 17 too", before: [ORDERS], migration: CHECK, postgres: [17, 18] },
    {
      title: "a CHECK that says more",
      before: [ORDERS],
      migration: CHECK.replace("NULL)", "NULL AND customer > 0)"),
      postgres: [18],
    },
    {
      title: "a CHECK that scans",
      before: [ORDERS],
      migration: CHECK.replace(" NOT VALID", ""),
      postgres: [18],
    },
  ],
});
