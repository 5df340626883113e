import { testRule } from "../rule-table.ts";

const USERS = "CREATE TABLE users (id bigint PRIMARY KEY);";

testRule("no-unused-suppression", {
  fires: [
    {
      title: "a rule that finds nothing",
      migration: `-- migrate-verify-ignore no-drop-table gone\n${USERS}`,
      severity: "warning",
      line: 1,
      says: "that rule finds nothing here. Remove the comment",
    },
    {
      title: "a rule that does not exist",
      before: [USERS],
      migration: "-- migrate-verify-ignore drop-table gone\nDROP TABLE users;",
      says: "no rule has that name",
    },
    {
      title: "one of two",
      before: [USERS],
      migration: "-- migrate-verify-ignore no-drop-table, no-truncate gone\nDROP TABLE users;",
      says: "`no-truncate`",
    },
    {
      title: "for the file",
      migration: `-- migrate-verify-ignore-file no-drop-table gone\n${USERS}`,
    },
    {
      title: "in a down script",
      migration: USERS,
      down: "-- migrate-verify-ignore no-truncate x\nDROP TABLE users;",
    },
  ],
  silent: [
    {
      title: "a comment that hides something",
      before: [USERS],
      migration: "-- migrate-verify-ignore no-drop-table gone\nDROP TABLE users;",
    },
    { title: "another linter's comment", migration: `-- squawk-ignore ban-drop-table\n${USERS}` },
  ],
});
