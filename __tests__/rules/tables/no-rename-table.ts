import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const USERS = "CREATE TABLE users (id bigint PRIMARY KEY, email text);";
const RENAME = "ALTER TABLE users RENAME TO people;";
const VIEW = "CREATE VIEW users AS SELECT * FROM people;";

testRule("no-rename-table", {
  fires: [
    {
      title: "a table of the base branch",
      before: [USERS],
      migration: RENAME,
      severity: "error",
      table: "users",
      says: /^Running code that still reads and writes `users` fails at once when it becomes `people`\. Create a view/,
    },
    {
      title: "quoted and qualified",
      before: ['CREATE TABLE app."User" (id int);'],
      migration: 'ALTER TABLE app."User" RENAME TO "Person";',
      says: 'when it becomes `app."Person"`',
    },
    {
      title: "a view under the old name, in autocommit",
      before: [USERS],
      migration: `${RENAME} ${VIEW}`,
      execution: AUTOCOMMIT,
      says: "put both between BEGIN and COMMIT",
    },
    {
      title: "a view of another name",
      before: [USERS],
      migration: `${RENAME} CREATE VIEW members AS SELECT * FROM people;`,
    },
    {
      title: "a view of the old name in another schema",
      before: [USERS, "CREATE SCHEMA app;"],
      migration: `${RENAME} CREATE VIEW app.users AS SELECT * FROM people;`,
    },
    {
      title: "a view",
      before: [USERS, "CREATE VIEW v AS SELECT 1 AS a;"],
      migration: "ALTER VIEW v RENAME TO w;",
      table: "v",
    },
    {
      title: "another schema",
      before: [USERS, "CREATE SCHEMA app;"],
      migration: "ALTER TABLE users SET SCHEMA app;",
      says: "unless its search_path has `app`",
    },
    { title: "inside a DO block", before: [USERS], migration: `DO $$ BEGIN ${RENAME} END $$;` },
  ],
  silent: [
    {
      title: "a sequence, which ALTER TABLE renames as well",
      before: ["CREATE TABLE users (id bigserial PRIMARY KEY);"],
      migration: "ALTER TABLE users_id_seq RENAME TO people_id_seq;",
    },
    {
      title: "an index, which ALTER TABLE renames as well",
      before: [USERS],
      migration: "ALTER TABLE users_pkey RENAME TO people_pkey;",
    },
    {
      title: "another schema, with a view left behind",
      before: [USERS, "CREATE SCHEMA app;"],
      migration: "ALTER TABLE users SET SCHEMA app; CREATE VIEW users AS SELECT * FROM app.users;",
    },
    {
      title: "a new table that moves to another schema",
      migration: `CREATE SCHEMA app; ${USERS} ALTER TABLE users SET SCHEMA app;`,
    },
    {
      title: "a view that another one replaces",
      before: ["CREATE VIEW v AS SELECT 1 AS a; CREATE VIEW v2 AS SELECT 2 AS a;"],
      migration: "ALTER VIEW v RENAME TO old; CREATE VIEW v AS SELECT 2 AS a;",
    },
    { title: "a view under the old name", before: [USERS], migration: `${RENAME} ${VIEW}` },
    {
      title: "a view under the old name, qualified, between BEGIN and COMMIT",
      before: [USERS],
      migration: `BEGIN; ${RENAME} CREATE VIEW public.users AS SELECT * FROM people; COMMIT;`,
      execution: AUTOCOMMIT,
    },
    {
      title: "a view under the old name, in one query string",
      before: [USERS],
      migration: `${RENAME} ${VIEW}`,
      execution: { transaction: false, sends: "script" },
    },
    {
      title: "a swap",
      before: [USERS],
      migration: `CREATE TABLE new_users (id bigint PRIMARY KEY); ${RENAME} ALTER TABLE new_users RENAME TO users;`,
    },
    { title: "a new table", migration: `${USERS} ${RENAME}` },
    { title: "a table of the same pull request", migration: `${USERS}\n---\n${RENAME}` },
    {
      title: "a temporary table",
      migration: "CREATE TEMP TABLE users (id int); ALTER TABLE users RENAME TO people;",
    },
    { title: "a new view", migration: "CREATE VIEW v AS SELECT 1 AS a; ALTER VIEW v RENAME TO w;" },
    {
      title: "the way back in the down script",
      before: [USERS],
      migration: `${RENAME} ${VIEW}`,
      down: "DROP VIEW users; ALTER TABLE people RENAME TO users;",
    },
    {
      title: "a constraint and an index",
      before: [USERS],
      migration:
        "ALTER TABLE users RENAME CONSTRAINT users_pkey TO pk; ALTER INDEX pk RENAME TO users_pk;",
    },
  ],
});
