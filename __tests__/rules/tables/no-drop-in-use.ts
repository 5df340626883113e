import { testRule } from "../rule-table.ts";

const F = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';";

testRule("no-drop-in-use", {
  fires: [
    {
      title: "a sequence",
      before: ['CREATE SEQUENCE "Numbers";'],
      migration: 'DROP SEQUENCE "Numbers";',
      says: 'Running code that still uses the sequence `"Numbers"` fails at its next call.',
      severity: "warning",
    },
    {
      title: "a function",
      before: [F],
      migration: "DROP FUNCTION f;",
      says: "`f`",
      severity: "info",
    },
    {
      title: "an extension",
      before: ["CREATE EXTENSION hstore;"],
      migration: "DROP EXTENSION hstore;",
    },
  ],
  silent: [
    { title: "a function that is made again", before: [F], migration: `DROP FUNCTION f; ${F}` },
    { title: "a function made here", migration: `${F} DROP FUNCTION f;` },
    { title: "a function that nobody made", migration: "DROP FUNCTION IF EXISTS f;" },
    {
      title: "a trigger's function",
      before: ["CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"],
      migration: "DROP FUNCTION t;",
    },
    {
      title: "the sequence of a column",
      before: ["CREATE TABLE t (id serial);"],
      migration: "ALTER TABLE t ALTER id DROP DEFAULT; DROP SEQUENCE t_id_seq;",
    },
    {
      title: "a down script, which takes back what up made",
      migration: F,
      down: "DROP FUNCTION f;",
    },
  ],
});
