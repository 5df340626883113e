import { testRule } from "../rule-table.ts";

const T = "CREATE TABLE t (id int PRIMARY KEY);";
const to = (identity: string): string => `ALTER TABLE t REPLICA IDENTITY ${identity};`;

testRule("no-replica-identity-change", {
  fires: [
    {
      title: "FULL",
      before: [T],
      migration: to("FULL"),
      says: "writes the whole old row",
      table: "t",
    },
    {
      title: "NOTHING",
      before: [T],
      migration: to("NOTHING"),
      says: "is published",
      severity: "warning",
    },
    {
      title: "NOTHING, of a table that a publication sends",
      before: [T, "CREATE PUBLICATION p FOR TABLES IN SCHEMA public;"],
      migration: to("NOTHING"),
      says: "Every UPDATE and DELETE of `t` fails with SQLSTATE 55000 from here on, because the publication `p`",
      severity: "error",
    },
  ],
  silent: [
    { title: "DEFAULT", before: [T], migration: to("DEFAULT") },
    { title: "an index", before: [T], migration: to("USING INDEX t_pkey") },
    { title: "a new table", migration: `${T} ${to("FULL")}` },
  ],
});
