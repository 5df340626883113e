import { testRule } from "../rule-table.ts";

const MIGRATION = "CREATE TABLE tags (id bigint PRIMARY KEY);";

testRule("require-down", {
  fires: [
    {
      title: "no down script",
      migration: MIGRATION,
      situation: "no-down",
      severity: "warning",
      says: "finds no down script. Write one",
    },
    {
      title: "irreversible without a reason",
      migration: `-- migrate-verify: irreversible\n${MIGRATION}`,
      situation: "no-down",
    },
    {
      title: "irreversible without a reason, in a block comment",
      migration: `/* migrate-verify: irreversible */ ${MIGRATION}`,
      situation: "no-down",
    },
    {
      title: "the mark in a string",
      migration: `${MIGRATION} INSERT INTO tags VALUES ('-- migrate-verify: irreversible no');`,
      situation: "no-down",
    },
    {
      title: "a project of few migrations",
      before: Array.from({ length: 7 }, () => "SELECT 1;"),
      migration: MIGRATION,
      situation: "no-down",
      preset: "recommended",
    },
    {
      title: "a project that writes none, and is asked to",
      before: Array.from({ length: 8 }, () => "SELECT 1;"),
      migration: MIGRATION,
      situation: "no-down",
    },
  ],
  silent: [
    {
      title: "a project that writes none",
      before: Array.from({ length: 8 }, () => "SELECT 1;"),
      migration: MIGRATION,
      situation: "no-down",
      preset: "recommended",
    },
    { title: "a down script", migration: MIGRATION, down: "DROP TABLE tags;" },
    { title: "a framework whose migrations go forward only", migration: MIGRATION },
    {
      title: "irreversible, with a reason",
      migration: `${MIGRATION}\n-- migrate-verify: irreversible the rows are gone`,
      situation: "no-down",
    },
    {
      title: "irreversible, with a reason, in a block comment",
      migration: `/* migrate-verify: irreversible the rows are gone */ ${MIGRATION}`,
      situation: "no-down",
    },
    { title: "nothing to undo", migration: "-- later", situation: "no-down" },
  ],
});
