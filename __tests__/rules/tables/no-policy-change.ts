import { testRule } from "../rule-table.ts";

const TABLE = "CREATE TABLE notes (id bigint PRIMARY KEY); CREATE POLICY p ON notes USING (true);";

testRule("no-policy-change", {
  fires: [
    {
      title: "ALTER POLICY",
      before: [TABLE],
      migration: "ALTER POLICY p ON public.notes USING (id > 0);",
      severity: "info",
      table: "notes",
      says: "other rows of `notes`",
    },
    { title: "DROP POLICY", before: [TABLE], migration: "DROP POLICY p ON notes;" },
    {
      title: "DISABLE",
      before: [TABLE],
      migration: "ALTER TABLE notes DISABLE ROW LEVEL SECURITY;",
    },
    { title: "FORCE", before: [TABLE], migration: "ALTER TABLE notes FORCE ROW LEVEL SECURITY;" },
  ],
  silent: [
    { title: "a new table", migration: `${TABLE} ALTER TABLE notes ENABLE ROW LEVEL SECURITY;` },
    { title: "another change", before: [TABLE], migration: "ALTER TABLE notes ADD a int;" },
  ],
});
