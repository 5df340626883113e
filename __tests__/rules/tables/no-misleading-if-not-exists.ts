import { testRule } from "../rule-table.ts";

const TABLE = 'CREATE TABLE s."T" (id int, name varchar(20));';

testRule("no-misleading-if-not-exists", {
  fires: [
    {
      title: "a quoted name",
      before: [TABLE],
      migration: 'CREATE TABLE IF NOT EXISTS s."T" (id int, "New" int, other int);',
      severity: "warning",
      table: 's."T"',
      says: 'expects `"New"` in `s."T"`',
    },
    {
      title: "a column of another type",
      before: [TABLE],
      migration: 'ALTER TABLE s."T" ADD COLUMN IF NOT EXISTS id bigint;',
      says: "expects bigint in `id`",
    },
    {
      title: "another length",
      before: [TABLE],
      migration: 'ALTER TABLE s."T" ADD IF NOT EXISTS name varchar(40);',
    },
  ],
  silent: [
    {
      title: "the same table",
      before: [TABLE],
      migration: 'CREATE TABLE IF NOT EXISTS s."T" (ID int);',
    },
    {
      title: "the same column",
      before: [TABLE],
      migration: 'ALTER TABLE s."T" ADD IF NOT EXISTS id int4;',
    },
    { title: "a new table", migration: "CREATE TABLE IF NOT EXISTS t (a int);" },
    {
      title: "a table that was dropped before",
      before: [TABLE],
      migration: 'DROP TABLE s."T"; CREATE TABLE IF NOT EXISTS s."T" (a int);',
    },
    {
      title: "a table of another schema",
      before: [TABLE],
      migration: 'CREATE TABLE IF NOT EXISTS "T" (a int);',
    },
  ],
});
