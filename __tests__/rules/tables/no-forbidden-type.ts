import { testRule } from "../rule-table.ts";

testRule("no-forbidden-type", {
  fires: [
    { title: "a new column", migration: "ALTER TABLE t ADD a regnamespace;", severity: "warning" },
    {
      title: "a type of the project",
      migration: 'CREATE TABLE t ("A" app.color);',
      options: { types: "app.color,xml" },
      says: 'which `"A"` of `t` has',
    },
    {
      title: "PostgreSQL's name",
      migration: "CREATE TABLE t (a INT);",
      options: { types: "int4" },
    },
  ],
  silent: [
    { title: "regclass, which pg_upgrade keeps", migration: "CREATE TABLE t (a regclass);" },
    { title: "another list", migration: "CREATE TABLE t (a regproc);", options: { types: "xml" } },
  ],
});
