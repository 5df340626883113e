import { testRule } from "../rule-table.ts";

testRule("no-drop-schema", {
  fires: [
    {
      title: "CASCADE",
      before: ["CREATE SCHEMA app; CREATE TABLE app.t (a int);"],
      migration: "DROP SCHEMA app CASCADE;",
      severity: "error",
      says: "Every table in the schema `app` is lost",
    },
    {
      title: "without CASCADE",
      before: ["CREATE SCHEMA app;"],
      migration: "DROP SCHEMA IF EXISTS app;",
      severity: "warning",
      says: "PostgreSQL refuses this statement while the schema holds anything",
    },
    { title: "each of several", migration: "DROP SCHEMA a, b CASCADE;", times: 2 },
    {
      title: "CREATE IF NOT EXISTS did not make it",
      before: ["CREATE SCHEMA app;"],
      migration: "CREATE SCHEMA IF NOT EXISTS app; DROP SCHEMA app CASCADE;",
    },
    {
      title: "made again afterwards",
      before: ["CREATE SCHEMA app;"],
      migration: "DROP SCHEMA app CASCADE; CREATE SCHEMA app;",
    },
    {
      title: "another schema was made",
      before: ["CREATE SCHEMA app;"],
      migration: "CREATE SCHEMA lib; DROP SCHEMA app CASCADE;",
    },
  ],
  silent: [
    {
      title: "a schema of the same migration",
      migration: "CREATE SCHEMA app; DROP SCHEMA app CASCADE;",
    },
    {
      title: "in the down script",
      migration: "CREATE SCHEMA app;",
      down: "DROP SCHEMA app CASCADE;",
    },
  ],
});
