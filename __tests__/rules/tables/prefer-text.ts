import { testRule } from "../rule-table.ts";

testRule("prefer-text", {
  fires: [
    {
      title: "a new column",
      migration: "ALTER TABLE users ADD name character varying(20);",
      severity: "info",
      says: "more than 20 characters into `name` of `users`",
    },
    {
      title: "a quoted name and an array",
      migration: 'CREATE TABLE s."T" (a int, "B" varchar(3)[]);',
      table: 's."T"',
    },
    { title: "a changed type", migration: "ALTER TABLE users ALTER name TYPE varchar(40);" },
  ],
  silent: [
    { title: "no length", migration: "CREATE TABLE t (a varchar);" },
    { title: "text", migration: "CREATE TABLE t (a text);" },
    { title: "a temporary table", migration: "CREATE TEMP TABLE t (a varchar(3));" },
  ],
});
