import { testRule } from "../rule-table.ts";

testRule("require-naming-style", {
  fires: [
    {
      title: "a table of Prisma's",
      migration: 'CREATE TABLE "UserGroup" ("createdAt" int);',
      options: { tableStyle: "snake_case" },
      severity: "warning",
      says: 'miss the table `"UserGroup"`',
    },
    {
      title: "columns",
      migration: 'CREATE TABLE t (created_at int, "Id" int); ALTER TABLE t RENAME a TO b_c;',
      options: { columnStyle: "camelCase" },
      times: 3,
    },
    {
      title: "an index",
      migration: "CREATE INDEX orders_idx ON orders (a);",
      options: { indexStyle: "PascalCase" },
    },
  ],
  silent: [
    { title: "no style", migration: 'CREATE TABLE "User_group" (a int);' },
    {
      title: "the style",
      migration: 'CREATE TABLE "UserGroup" (created_at int); CREATE INDEX ON "UserGroup" (a);',
      options: { tableStyle: "PascalCase", columnStyle: "snake_case", indexStyle: "snake_case" },
    },
  ],
});
