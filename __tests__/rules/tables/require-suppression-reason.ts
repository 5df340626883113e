import { testRule } from "../rule-table.ts";

const before = ["CREATE TABLE t (id bigint PRIMARY KEY);"];

testRule("require-suppression-reason", {
  fires: [
    {
      title: "several rules in one comment, told once",
      before,
      migration: "-- migrate-verify-ignore no-drop-table, require-lock-timeout\nDROP TABLE t;",
      severity: "warning",
      line: 1,
      says: "why `no-drop-table` does not matter",
    },
    {
      title: "the whole file",
      before,
      migration: "SELECT 1; -- migrate-verify-ignore-file no-drop-table --\nDROP TABLE t;",
    },
  ],
  silent: [
    {
      title: "a reason",
      before,
      migration: "-- migrate-verify-ignore no-drop-table: empty since May\nDROP TABLE t;",
    },
    {
      title: "a comment for another linter",
      before,
      migration: "-- squawk-ignore ban-drop-table\nDROP TABLE t;",
    },
    { title: "no comment", before, migration: "DROP TABLE t;" },
  ],
});
