import { testRule } from "../rule-table.ts";

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
        "ALTER TABLE users ADD COLUMN last_name varchar(20); ALTER TABLE public.users DROP COLUMN name;",
    },
    {
      title: "a name that is split into words",
      before: ["CREATE TABLE t (username text);"],
      migration: "ALTER TABLE t DROP username, ADD user_name text;",
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
    {
      title: "beside a dropped column of another table",
      before: [USERS, "CREATE TABLE t (a int);"],
      migration:
        "ALTER TABLE t DROP a; ALTER TABLE users DROP age; ALTER TABLE users ADD real_age int;",
    },
    {
      title: "another column is filled",
      before: [USERS],
      migration:
        "ALTER TABLE users DROP age; ALTER TABLE users ADD real_age int; UPDATE users SET name = '' WHERE id = 1;",
    },
  ],
  silent: [
    {
      title: "a new column that is dropped again",
      before: [USERS],
      migration:
        "ALTER TABLE users ADD real_age int; ALTER TABLE users DROP real_age; ALTER TABLE users ADD full_age int;",
    },
    {
      title: "the same name, after its values were copied elsewhere",
      before: [USERS, "CREATE TABLE ages (id bigint, age int);"],
      migration:
        "INSERT INTO ages SELECT id, age FROM users; ALTER TABLE users DROP age; ALTER TABLE users ADD age text;",
    },
    {
      title: "filled afterwards from elsewhere",
      before: [USERS, "CREATE TABLE ages (id bigint, years int);"],
      migration:
        "ALTER TABLE users DROP age, ADD real_age int; UPDATE users SET real_age = years FROM ages WHERE ages.id = users.id;",
    },
    {
      title: "another name",
      before: ["CREATE TABLE t (user_id int);"],
      migration: "ALTER TABLE t DROP user_id, ADD team_id int;",
    },
    {
      title: "another type",
      before: [USERS],
      migration: "ALTER TABLE users DROP age, ADD age_group text;",
    },
    {
      title: "another length",
      before: [USERS],
      migration: "ALTER TABLE users DROP name, ADD last_name varchar(40);",
    },
    {
      title: "two that are dropped",
      before: [USERS],
      migration: "ALTER TABLE users DROP name, DROP age, ADD real_age int;",
    },
    {
      title: "two that are added",
      before: [USERS],
      migration: "ALTER TABLE users DROP age, ADD age_min int, ADD age_max int;",
    },
    {
      title: "of another table",
      before: [USERS, "CREATE TABLE t (a int);"],
      migration: "ALTER TABLE users DROP age; ALTER TABLE t ADD real_age int;",
    },
    {
      title: "copied in between",
      before: [USERS],
      migration:
        "ALTER TABLE users ADD real_age int; UPDATE users SET real_age = age; ALTER TABLE users DROP age;",
    },
    {
      title: "a generated column with another expression",
      before: [USERS],
      migration: "ALTER TABLE users DROP more, ADD more int GENERATED ALWAYS AS (age + 2) STORED;",
    },
    { title: "a new table", migration: `${USERS} ALTER TABLE users DROP age, ADD real_age int;` },
    {
      title: "in different migrations",
      before: [USERS],
      migration: "ALTER TABLE users ADD real_age int;\n---\nALTER TABLE users DROP age;",
    },
  ],
});
