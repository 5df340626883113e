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
  ],
  silent: [
    { title: "DEFAULT", before: [T], migration: to("DEFAULT") },
    { title: "an index", before: [T], migration: to("USING INDEX t_pkey") },
    { title: "a new table", migration: `${T} ${to("FULL")}` },
  ],
});
