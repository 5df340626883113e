import { testRule } from "../rule-table.ts";

const MIGRATION = "CREATE TABLE tags (id bigint PRIMARY KEY);";

testRule("no-duplicate-version", {
  fires: [
    {
      title: "two migrations of one version",
      migration: MIGRATION,
      situation: "duplicate-version",
      severity: "error",
      says: /^90_other\.up\.sql has the same version: the runner refuses to start\. Give this migration the next free version\.$/,
    },
    {
      title: "once, with a down script",
      migration: MIGRATION,
      down: "DROP TABLE tags;",
      situation: "duplicate-version",
    },
  ],
  silent: [
    { title: "a migration that is deleted", migration: MIGRATION, situation: "deleted" },
    { title: "another version", migration: MIGRATION },
  ],
});
