import { testRule } from "../rule-table.ts";

testRule("no-auth-schema-reference", {
  fires: [
    {
      title: "a new column",
      migration: "ALTER TABLE t ADD email text REFERENCES auth.users (email);",
      severity: "warning",
      table: "auth.users",
    },
    {
      title: "two columns of a quoted table",
      migration:
        'CREATE TABLE t (a int, b text, FOREIGN KEY (a, b) REFERENCES "storage"."objects" (id, name));',
      says: "of `storage.objects`",
    },
    {
      title: "a constraint",
      migration: "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES auth.users (phone) NOT VALID;",
    },
  ],
  silent: [
    { title: "the key", migration: "CREATE TABLE t (a uuid REFERENCES auth.users (id));" },
    {
      title: "the key without its name",
      migration: "CREATE TABLE t (a uuid REFERENCES auth.users);",
    },
    {
      title: "a table of the project",
      before: ["CREATE TABLE auth.users (id int PRIMARY KEY, email text UNIQUE);"],
      migration: "CREATE TABLE t (a text REFERENCES auth.users (email));",
    },
    { title: "another schema", migration: "CREATE TABLE t (a text REFERENCES users (email));" },
  ],
});
