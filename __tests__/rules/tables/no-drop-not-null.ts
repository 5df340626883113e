import { testRule } from "../rule-table.ts";

const USERS = "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, name text);";

testRule("no-drop-not-null", {
  fires: [
    {
      title: "a required column",
      before: [USERS],
      migration: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
      severity: "warning",
      table: "users",
      says: "expects no NULL in `email` of `users`",
    },
  ],
  silent: [
    {
      title: "a column that is not required",
      before: [USERS],
      migration: "ALTER TABLE users ALTER name DROP NOT NULL;",
    },
    { title: "a new table", migration: `${USERS} ALTER TABLE users ALTER email DROP NOT NULL;` },
    {
      title: "a new column",
      before: [USERS],
      migration:
        "ALTER TABLE users ADD a int NOT NULL DEFAULT 1; ALTER TABLE users ALTER a DROP NOT NULL;",
    },
  ],
});
