import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const USERS = `CREATE TABLE users (id bigint PRIMARY KEY, code text NOT NULL UNIQUE);
CREATE UNIQUE INDEX u ON users (code, id);`;
const DROP = "ALTER TABLE users DROP CONSTRAINT users_pkey;";
const ADD = "ALTER TABLE users ADD PRIMARY KEY USING INDEX u;";

testRule("no-drop-primary-key", {
  fires: [
    {
      title: "alone",
      before: [USERS],
      migration: DROP,
      says: "Without the primary key `users_pkey`, `users` takes the same row twice",
      severity: "error",
      table: "users",
    },
    {
      title: "of a table that a publication sends",
      before: [USERS, "CREATE PUBLICATION p FOR TABLE users;"],
      migration: DROP,
      says: "every UPDATE and DELETE fails with SQLSTATE 55000, because the publication `p` sends them",
    },
    {
      title: "of a table whose inserts alone are sent",
      before: [USERS, "CREATE PUBLICATION p FOR TABLE users WITH (publish = 'insert');"],
      migration: DROP,
      says: "logical replication refuses",
    },
    {
      title: "another one on another table",
      before: [USERS, "CREATE TABLE t (id int NOT NULL);"],
      migration: `${DROP} ALTER TABLE t ADD PRIMARY KEY (id);`,
    },
  ],
  silent: [
    {
      title: "another one in a later transaction",
      before: [USERS],
      migration: `${DROP} ${ADD}`,
      execution: AUTOCOMMIT,
    },
    { title: "another one in the same transaction", before: [USERS], migration: `${DROP} ${ADD}` },
    {
      title: "another one in the same statement",
      before: [USERS],
      migration: "ALTER TABLE users DROP CONSTRAINT users_pkey, ADD PRIMARY KEY USING INDEX u;",
      execution: AUTOCOMMIT,
    },
    {
      title: "a new column with the key",
      before: [USERS],
      migration: `${DROP} ALTER TABLE users ADD COLUMN k uuid PRIMARY KEY;`,
    },
    { title: "the table goes as well", before: [USERS], migration: `${DROP} DROP TABLE users;` },
    { title: "a new table", migration: `${USERS} ${DROP}` },
    {
      title: "another constraint",
      before: [USERS],
      migration: "ALTER TABLE users DROP CONSTRAINT users_code_key;",
    },
  ],
});
