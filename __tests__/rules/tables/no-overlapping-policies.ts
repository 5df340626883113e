import { testRule } from "../rule-table.ts";

const TABLE = "CREATE TABLE t (id bigint PRIMARY KEY);";

testRule("no-overlapping-policies", {
  fires: [
    {
      title: "all and one command",
      before: [TABLE],
      migration:
        "CREATE POLICY p ON t USING (id > 1); CREATE POLICY q ON t FOR SELECT USING (id > 2);",
      says: "A row of `t` passes when `p` or this policy lets it",
    },
  ],
  silent: [
    {
      title: "two commands",
      before: [TABLE],
      migration:
        "CREATE POLICY p ON t FOR UPDATE USING (id > 1); CREATE POLICY q ON t FOR SELECT USING (id > 2);",
    },
    {
      title: "two roles",
      before: [TABLE],
      migration:
        "CREATE POLICY p ON t TO a USING (id > 1); CREATE POLICY q ON t TO b USING (id > 2);",
    },
    {
      title: "a restrictive one",
      before: [TABLE],
      migration:
        "CREATE POLICY p ON t USING (id > 1); CREATE POLICY q ON t AS RESTRICTIVE USING (id > 2);",
    },
  ],
});
