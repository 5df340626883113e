import { testRule } from "../rule-table.ts";

const MIGRATION = "CREATE TABLE tags (id bigint PRIMARY KEY);";

testRule("no-empty-down", {
  fires: [
    {
      title: "an empty file",
      migration: MIGRATION,
      down: "",
      severity: "warning",
      line: 1,
      says: "this down script changes nothing. Undo",
    },
    { title: "a comment", migration: MIGRATION, down: "-- TODO\n" },
    { title: "SELECT 1", migration: MIGRATION, down: "SELECT 1;" },
    {
      title: "BEGIN and COMMIT",
      migration: MIGRATION,
      down: "BEGIN; SET lock_timeout = '5s'; COMMIT;",
    },
    {
      title: "after rows were changed",
      before: [MIGRATION],
      migration: "INSERT INTO tags VALUES (1);",
      down: "SELECT;",
    },
    {
      title: "irreversible without a reason",
      migration: MIGRATION,
      down: "-- migrate-verify: irreversible",
    },
    {
      title: "a value of an enum, on which a second up fails",
      before: ["CREATE TYPE m AS ENUM ('a');"],
      migration: "ALTER TYPE m ADD VALUE 'b';",
      down: "-- PostgreSQL cannot",
    },
  ],
  silent: [
    {
      title: "a value of an enum, which nothing takes back and which a second up finds",
      before: ["CREATE TYPE m AS ENUM ('a');"],
      migration: "ALTER TYPE m ADD VALUE IF NOT EXISTS 'b';",
      down: "-- PostgreSQL cannot",
    },
    {
      title: "a down script that undoes something",
      migration: MIGRATION,
      down: "DROP TABLE tags;",
    },
    { title: "an up script that changes nothing", migration: "SELECT 1;", down: "" },
    {
      title: "irreversible, with a reason",
      migration: MIGRATION,
      down: "-- migrate-verify: irreversible the rows are gone",
    },
    {
      title: "irreversible, with a reason, in the up script",
      migration: `-- migrate-verify: irreversible the rows are gone\n${MIGRATION}`,
      down: "",
    },
    {
      title: "a down script that refuses",
      migration: MIGRATION,
      down: "DO $$ BEGIN RAISE EXCEPTION 'no way back'; END $$;",
    },
    {
      title: "a function that may do it",
      migration: MIGRATION,
      down: "SELECT drop_everything('tags');",
    },
    {
      title: "a down script that does not parse",
      migration: MIGRATION,
      down: "DROP TABEL tags;",
      unparsed: true,
    },
  ],
});
