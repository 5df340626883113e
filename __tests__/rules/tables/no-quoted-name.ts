import { testRule } from "../rule-table.ts";

testRule("no-quoted-name", {
  fires: [
    {
      title: "a reserved word",
      migration: 'CREATE VIEW "user" AS SELECT 1;',
      says: "a reserved word",
      severity: "info",
    },
    {
      title: "a table and a column",
      migration: 'CREATE TABLE "T" ("a b" int, c int);',
      times: 2,
      says: 'quote "T"',
    },
    {
      title: "a rename",
      migration: 'ALTER TABLE t RENAME a TO "createdAt";',
      says: 'quote "createdAt"',
    },
    { title: "a new column", migration: 'ALTER TABLE t ADD "Group" int;' },
  ],
  silent: [
    { title: "plain names, quoted all the same", migration: 'CREATE TABLE "t" ("a_1" int);' },
    { title: "capitals without quotes", migration: "CREATE TABLE Users (Id int);" },
    { title: "a use of an old name", migration: 'ALTER TABLE "T" ADD a int;' },
  ],
});
