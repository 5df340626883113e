import { testRule } from "../rule-table.ts";

const ORDERS = `CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN small AS positive;
CREATE DOMAIN present AS int NOT NULL DEFAULT 1;
CREATE DOMAIN plain AS int;`;
const add = (column: string): string => `ALTER TABLE orders ADD COLUMN ${column};`;

testRule("no-constrained-domain-column", {
  fires: [
    {
      title: "a CHECK",
      before: [ORDERS],
      migration: add("c positive"),
      says: "the domain `positive`",
      table: "orders",
    },
    { title: "a CHECK, with a default", before: [ORDERS], migration: add("c positive DEFAULT 1") },
    {
      title: "a domain of a domain with a CHECK",
      before: [ORDERS],
      migration: add("c small"),
      says: "the domain `small`",
    },
    { title: "NOT NULL", before: [ORDERS], migration: add("c present") },
    { title: "by its qualified name", before: [ORDERS], migration: add("c public.positive") },
  ],
  silent: [
    { title: "no constraint", before: [ORDERS], migration: add("c plain") },
    {
      title: "an array of the domain, which is not checked",
      before: [ORDERS],
      migration: add("c positive[]"),
    },
    { title: "another type", before: [ORDERS], migration: add("c int") },
    { title: "a new table", migration: `${ORDERS} ${add("c positive")}` },
  ],
});
