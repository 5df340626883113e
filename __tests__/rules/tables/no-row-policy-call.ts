import { testRule } from "../rule-table.ts";

const TABLE = "CREATE TABLE t (id uuid PRIMARY KEY);";

testRule("no-row-policy-call", {
  fires: [
    {
      title: "auth.uid()",
      before: [TABLE],
      migration: "CREATE POLICY p ON t USING (id = auth.uid());",
      says: "calls `auth.uid` once for each row",
    },
    {
      title: "a check",
      before: [TABLE],
      migration: "CREATE POLICY p ON t WITH CHECK (id = current_setting('a')::uuid);",
    },
  ],
  silent: [
    {
      title: "a subquery",
      before: [TABLE],
      migration: "CREATE POLICY p ON t USING (id = (SELECT auth.uid()));",
    },
    {
      title: "another function",
      before: [TABLE],
      migration: "CREATE POLICY p ON t USING (id = gen_random_uuid());",
    },
  ],
});
