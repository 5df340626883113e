import { testRule } from "../rule-table.ts";

testRule("no-rename-schema", {
  fires: [
    {
      title: "a schema of the base branch",
      before: ["CREATE SCHEMA crm;"],
      migration: 'ALTER SCHEMA crm RENAME TO "Sales";',
      severity: "error",
      says: /names a table of `crm`.* Create `"Sales"` beside it/,
    },
  ],
  silent: [
    { title: "a new schema", migration: "CREATE SCHEMA crm; ALTER SCHEMA crm RENAME TO sales;" },
    { title: "another owner", migration: "ALTER SCHEMA crm OWNER TO clerk;" },
    {
      title: "in the down script",
      migration: "SELECT 1;",
      down: "ALTER SCHEMA crm RENAME TO sales;",
    },
  ],
});
