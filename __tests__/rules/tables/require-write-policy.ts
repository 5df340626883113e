import { testRule } from "../rule-table.ts";

const TABLE = "CREATE TABLE t (id bigint PRIMARY KEY); ALTER TABLE t ENABLE ROW LEVEL SECURITY;";

testRule("require-write-policy", {
  fires: [
    {
      title: "reads only",
      before: [TABLE],
      migration: "CREATE POLICY p ON t FOR SELECT USING (id > 1);",
      says: "can write nothing to `t`",
    },
  ],
  silent: [
    { title: "all", before: [TABLE], migration: "CREATE POLICY p ON t USING (id > 1);" },
    {
      title: "reads and writes",
      before: [TABLE],
      migration:
        "CREATE POLICY p ON t FOR SELECT USING (id > 1); CREATE POLICY q ON t FOR INSERT WITH CHECK (id > 1);",
    },
    {
      title: "another policy is there",
      before: [TABLE, "CREATE POLICY p ON t FOR INSERT WITH CHECK (true);"],
      migration: "CREATE POLICY q ON t FOR SELECT USING (id > 1);",
    },
    {
      title: "no row security",
      before: ["CREATE TABLE t (id int);"],
      migration: "CREATE POLICY p ON t FOR SELECT USING (id > 1);",
    },
  ],
});
