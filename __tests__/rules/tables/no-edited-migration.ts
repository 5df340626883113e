import { testRule } from "../rule-table.ts";

const MIGRATION = "-- tags\nCREATE TABLE tags (id bigint PRIMARY KEY);";

testRule("no-edited-migration", {
  fires: [
    {
      title: "a migration that the base branch has",
      migration: MIGRATION,
      situation: "edited",
      severity: "error",
      line: 2,
      says: /^Databases that ran `90_change` do not run it again: .* Restore the file/,
    },
    { title: "one without a statement", migration: "-- nothing", situation: "edited", line: 1 },
    {
      title: "one that got another name",
      migration: MIGRATION,
      situation: "renamed",
      severity: "error",
      says: "they run it a second time as `90_change`, or refuse to go on. Give it its old name back",
    },
    {
      title: "once, with a down script",
      migration: MIGRATION,
      down: "DROP TABLE tags;",
      situation: "edited",
    },
    {
      title: "another one that is deleted",
      migration: MIGRATION,
      situation: "deleted",
      severity: "error",
      says: /^1_gone\.up\.sql was deleted\. Restore the file\.$/,
    },
  ],
  silent: [
    {
      title: "a version that another one has",
      migration: MIGRATION,
      situation: "duplicate-version",
    },
    { title: "a new migration", migration: MIGRATION },
    {
      title: "with a comment that says why",
      migration: `-- migrate-verify-ignore no-edited-migration no database has run it yet\n${MIGRATION}`,
      situation: "edited",
    },
  ],
});
