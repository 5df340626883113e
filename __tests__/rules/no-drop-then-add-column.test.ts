import { testRule } from "./rule-table.ts";

const USERS =
  "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20), age int, more int GENERATED ALWAYS AS (age + 1) STORED);";

testRule("no-drop-then-add-column", {
  fires: [
    {
      title: "Prisma's rename of a field",
      before: ['CREATE TABLE "User" (id text PRIMARY KEY, name text);'],
      migration:
        '-- AlterTable\nALTER TABLE "User" DROP COLUMN "name",\nADD COLUMN     "fullName" TEXT;',
      severity: "warning",
      confidence: "medium",
      line: 3,
      table: '"User"',
      says: 'If `"fullName"` is `name` of `"User"` renamed, the values of every row are lost',
    },
    {
      title: "added first",
      before: [USERS],
      migration:
        "ALTER TABLE users ADD COLUMN n varchar(20); ALTER TABLE public.users DROP COLUMN name;",
    },
    {
      title: "the same name with another type",
      before: [USERS],
      migration: "ALTER TABLE users DROP COLUMN age; ALTER TABLE users ADD COLUMN age bigint;",
      severity: "error",
      says: /^`age` of `users` starts anew/,
    },
    {
      title: "the same name among others",
      before: [USERS],
      migration: "ALTER TABLE users DROP age, DROP name, ADD a int, ADD age text;",
      severity: "error",
    },
  ],
  silent: [
    {
      title: "another type",
      before: [USERS],
      migration: "ALTER TABLE users DROP age, ADD born date;",
    },
    {
      title: "another length",
      before: [USERS],
      migration: "ALTER TABLE users DROP name, ADD n varchar(40);",
    },
    {
      title: "two that are dropped",
      before: [USERS],
      migration: "ALTER TABLE users DROP name, DROP age, ADD n int;",
    },
    {
      title: "two that are added",
      before: [USERS],
      migration: "ALTER TABLE users DROP age, ADD a int, ADD b int;",
    },
    {
      title: "of another table",
      before: [USERS, "CREATE TABLE t (a int);"],
      migration: "ALTER TABLE users DROP age; ALTER TABLE t ADD b int;",
    },
    {
      title: "copied in between",
      before: [USERS],
      migration:
        "ALTER TABLE users ADD a int; UPDATE users SET a = age; ALTER TABLE users DROP age;",
    },
    {
      title: "a generated column with another expression",
      before: [USERS],
      migration: "ALTER TABLE users DROP more, ADD more int GENERATED ALWAYS AS (age + 2) STORED;",
    },
    { title: "a new table", migration: `${USERS} ALTER TABLE users DROP age, ADD a int;` },
    {
      title: "in different migrations",
      before: [USERS],
      migration: "ALTER TABLE users ADD a int;\n---\nALTER TABLE users DROP age;",
    },
  ],
});
