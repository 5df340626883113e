import { testRule } from "../rule-table.ts";

const served = { options: { schemas: "public, api" } };

testRule("require-row-security", {
  fires: [
    {
      ...served,
      title: "a qualified and quoted name",
      migration: 'CREATE TABLE api."Notes" (a int);',
      table: 'api."Notes"',
      says: 'every row of `api."Notes"`',
    },
    {
      ...served,
      title: "two tables, one of them with it",
      migration:
        "CREATE TABLE a (a int); CREATE TABLE b (a int); ALTER TABLE a ENABLE ROW LEVEL SECURITY;",
      table: "b",
    },
    {
      ...served,
      title: "disabled again",
      migration:
        "CREATE TABLE a (a int); ALTER TABLE a ENABLE ROW LEVEL SECURITY; ALTER TABLE a DISABLE ROW LEVEL SECURITY;",
    },
  ],
  silent: [
    { title: "no schema is served", migration: "CREATE TABLE a (a int);" },
    { ...served, title: "another schema", migration: "CREATE TABLE internal.a (a int);" },
    { ...served, title: "a temporary table", migration: "CREATE TEMP TABLE a (a int);" },
    {
      ...served,
      title: "enabled by a later migration",
      migration: "CREATE TABLE a (a int);\n---\nALTER TABLE a ENABLE ROW LEVEL SECURITY;",
    },
    { ...served, title: "dropped again", migration: "CREATE TABLE a (a int); DROP TABLE a;" },
  ],
});
