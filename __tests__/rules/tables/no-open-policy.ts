import { testRule } from "../rule-table.ts";

const policy = (rest: string): string => `CREATE POLICY p ON docs ${rest};`;

testRule("no-open-policy", {
  fires: [
    { title: "FOR ALL", migration: policy("USING (true)"), says: "change and delete every row" },
    {
      title: "FOR DELETE",
      migration: policy("FOR DELETE USING (1 = 1)"),
      says: "can delete every",
    },
    {
      title: "a check that narrows only what rows become",
      migration: policy(
        "FOR UPDATE TO authenticated USING (true) WITH CHECK (owner = current_user)",
      ),
    },
    { title: "anon", migration: policy("TO anon, app USING (true)"), severity: "warning" },
  ],
  silent: [
    { title: "a comparison", migration: policy("USING (owner = current_user)") },
    { title: "reading", migration: policy("FOR SELECT USING (true)") },
    { title: "inserting", migration: policy("FOR INSERT WITH CHECK (true)") },
    { title: "the role of a service", migration: policy("TO service_role USING (true)") },
    { title: "a restrictive policy", migration: policy("AS RESTRICTIVE USING (true)") },
    { title: "a column that is a boolean", migration: policy("USING (public)") },
  ],
});
