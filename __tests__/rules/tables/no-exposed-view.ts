import { testRule } from "../rule-table.ts";

const VIEW = "CREATE VIEW members AS SELECT id, email FROM auth.users;";

testRule("no-exposed-view", {
  fires: [
    {
      title: "a view in public",
      migration: VIEW,
      says: "every account of `auth.users`",
      severity: "warning",
    },
    {
      title: "a materialized one",
      migration: "CREATE MATERIALIZED VIEW public.members AS SELECT id FROM auth.users u;",
    },
  ],
  silent: [
    {
      title: "another schema",
      before: ["CREATE SCHEMA internal;"],
      migration: "CREATE VIEW internal.members AS SELECT id FROM auth.users;",
    },
    {
      title: "a table of the project",
      before: ["CREATE SCHEMA auth; CREATE TABLE auth.users (id int, email text);"],
      migration: VIEW,
    },
    {
      title: "another table",
      before: ["CREATE TABLE users (id int);"],
      migration: "CREATE VIEW v AS SELECT 1 FROM users;",
    },
  ],
});
