import { testRule } from "../rule-table.ts";

testRule("prefer-not-null", {
  fires: [
    {
      title: "a default alone",
      migration: 'CREATE TABLE t ("A" bool DEFAULT true);',
      says: '`"A"` of `t`',
    },
    {
      title: "every type",
      migration: "CREATE TABLE t (a int, b text NOT NULL, c date);",
      options: { types: "*" },
      times: 2,
    },
  ],
  silent: [
    { title: "NOT NULL", migration: "CREATE TABLE t (a bool NOT NULL);" },
    {
      title: "NOT NULL afterwards",
      migration: "CREATE TABLE t (a bool); ALTER TABLE t ALTER a SET NOT NULL;",
    },
    { title: "a primary key", migration: "CREATE TABLE t (a bool PRIMARY KEY);" },
    { title: "another type", migration: "CREATE TABLE t (a int);" },
    {
      title: "a column of an old table",
      before: ["CREATE TABLE t ();"],
      migration: "ALTER TABLE t ADD a bool;",
    },
  ],
});
