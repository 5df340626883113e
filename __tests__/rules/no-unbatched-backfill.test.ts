import { rules } from "../../rules/index.ts";
import { AUTOCOMMIT } from "./lint.ts";
import { testRule } from "./rule-table.ts";

const USERS = `CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE, name text, role text, team int);
CREATE TABLE roles (user_id bigint PRIMARY KEY, name text);`;

testRule("no-unbatched-backfill", {
  fires: [
    {
      title: "a loop over ranges of the key that does not commit",
      before: [USERS],
      migration: `DO $$ DECLARE a bigint := 0; BEGIN WHILE a < 10 LOOP
  UPDATE users SET name = 'x' WHERE id BETWEEN a AND a + 999; a := a + 1000; END LOOP; END $$;`,
    },
    {
      title: "UPDATE of every row",
      before: [USERS],
      migration: "UPDATE users SET name = 'x';",
      severity: "warning",
      confidence: "high",
      table: "users",
      says: /^Running code that writes to `users` waits: this statement updates every row in one transaction, .*\. Change some thousand/,
    },
    {
      title: "WHERE true",
      before: [USERS],
      migration: "UPDATE users SET name = 'x' WHERE true;",
      confidence: "high",
    },
    {
      title: "WHERE 1 = 1",
      before: [USERS],
      migration: "UPDATE users SET name = 'x' WHERE 1=1;",
      confidence: "high",
    },
    {
      title: "a WHERE over no key",
      before: [USERS],
      migration: "UPDATE users SET name = '' WHERE name IS NULL;",
      confidence: "medium",
      says: "every row that it finds",
    },
    {
      title: "a literal that is compared with no key",
      before: [USERS],
      migration: "UPDATE users SET role = 'admin' WHERE role = 'owner';",
      severity: "info",
      confidence: "low",
    },
    {
      title: "a join",
      before: [USERS],
      migration: "UPDATE users SET role = r.name FROM roles r WHERE users.id = r.user_id;",
    },
    {
      title: "a subquery without LIMIT",
      before: [USERS],
      migration: "UPDATE users SET role = 'x' WHERE id IN (SELECT user_id FROM roles);",
    },
    {
      title: "a column of the same migration, without a transaction around both",
      before: [USERS],
      migration: "ALTER TABLE users ADD COLUMN a int; UPDATE users SET a = 1;",
      execution: AUTOCOMMIT,
    },
    {
      title: "under the lock of a schema change, where no other rule tells it",
      before: [USERS],
      migration: "ALTER TABLE users ADD COLUMN a int; UPDATE users SET a = 1;",
      rules: rules.filter(({ id }) => id !== "no-backfill-with-schema-change"),
    },
    {
      title: "DELETE",
      before: [USERS],
      migration: "DELETE FROM users WHERE name IS NULL;",
      says: "deletes every row that it finds",
    },
    {
      title: "MERGE",
      before: [USERS],
      migration:
        "MERGE INTO users u USING roles r ON u.id = r.user_id WHEN MATCHED THEN UPDATE SET role = r.name;",
      says: "merges",
    },
    {
      title: "quoted, mixed case, qualified",
      before: ['CREATE TABLE "User" (id int, "firstName" text);'],
      migration: `update "public"."User" SET "firstName" = '';`,
      table: '"User"',
    },
    {
      title: "in a DO block",
      before: [USERS],
      migration: "DO $$ BEGIN UPDATE users SET name = 'x'; END $$;",
    },
    {
      title: "in a CTE",
      before: [USERS],
      migration: "WITH u AS (UPDATE users SET name = 'x' RETURNING 1) SELECT 1;",
    },
    {
      title: "a table that is known to be large",
      before: [USERS],
      migration: "UPDATE users SET name = 'x';",
      rows: { users: 2_000_000 },
      severity: "error",
      says: "about 2,000,000 rows",
    },
    {
      title: "part of a key",
      before: ["CREATE TABLE m (a int, b int, c int, PRIMARY KEY (a, b));"],
      migration: "UPDATE m SET c = 1 WHERE a = 1;",
    },
    {
      title: "a key under a condition",
      before: ["CREATE TABLE m (a int, c int); CREATE UNIQUE INDEX m_a ON m (a) WHERE c > 0;"],
      migration: "UPDATE m SET c = 1 WHERE a = 1;",
    },
    {
      title: "a boolean column, which is no comparison",
      before: [USERS, "CREATE TABLE flags (id int, live boolean);"],
      migration: "UPDATE flags SET id = 1 WHERE live;",
      confidence: "medium",
    },
    {
      title: "in a loop, but not by its variable's key",
      before: [USERS],
      migration: `DO $$ BEGIN LOOP UPDATE users SET name = 'x' WHERE name IS NULL; END LOOP; END $$;`,
    },
    {
      title: "a table that nobody made, over no comparison",
      migration: "UPDATE legacy SET a = 1 WHERE b IS NULL;",
    },
  ],
  silent: [
    {
      title: "a loop over ranges of the key that commits",
      before: [USERS],
      migration: `DO $$ DECLARE a bigint := 0; BEGIN WHILE a < 10 LOOP
  UPDATE users SET name = 'x' WHERE id BETWEEN a AND a + 999; COMMIT; a := a + 1000; END LOOP; END $$;`,
      execution: AUTOCOMMIT,
    },
    {
      title: "under the lock of a schema change, which another rule tells",
      before: [USERS],
      migration: "ALTER TABLE users ADD COLUMN a int; UPDATE users SET a = 1;",
    },
    {
      title: "a table of PostgreSQL's own",
      migration: "UPDATE pg_index SET indisready = true WHERE indrelid = 'orders'::regclass;",
    },
    {
      title: "the primary key",
      before: [USERS],
      migration: "UPDATE users SET name = 'x' WHERE id = 17;",
    },
    {
      title: "a list of keys",
      before: [USERS],
      migration: "UPDATE users SET name = 'x' WHERE id IN (1, 2, 3);",
    },
    {
      title: "a unique column",
      before: [USERS],
      migration: "UPDATE users SET name = 'x' WHERE email = 'a@b.c';",
    },
    {
      title: "a key and more",
      before: [USERS],
      migration: "UPDATE users SET name = 'x' WHERE id = 17 AND team = 3;",
    },
    {
      title: "a literal in a table that nobody made",
      migration: "UPDATE settings SET v = 1 WHERE k = 'a';",
    },
    {
      title: "a batch",
      before: [USERS],
      migration:
        "UPDATE users SET name = '' WHERE id IN (SELECT id FROM users WHERE name IS NULL LIMIT 1000);",
    },
    {
      title: "a batch in a loop",
      before: [USERS],
      migration: `DO $$ BEGIN LOOP
  DELETE FROM users WHERE id IN (SELECT id FROM users WHERE name IS NULL LIMIT 1000);
  EXIT WHEN NOT FOUND; COMMIT;
END LOOP; END $$;`,
    },
    {
      title: "a row of a loop",
      before: [USERS],
      migration: `DO $$ DECLARE r record; BEGIN FOR r IN SELECT id FROM users LOOP
  UPDATE users SET name = 'x' WHERE id = r.id;
END LOOP; END $$;`,
    },
    { title: "a new table", migration: `${USERS} UPDATE users SET name = 'x';` },
    {
      title: "a table of the same pull request",
      migration: `${USERS}\n---\nUPDATE users SET name = 'x';`,
    },
    {
      title: "a temporary table",
      before: [USERS],
      migration: "CREATE TEMP TABLE t AS SELECT * FROM users; UPDATE t SET name = 'x';",
    },
    {
      title: "an INSERT",
      before: [USERS],
      migration: "INSERT INTO users (id) SELECT user_id FROM roles;",
    },
    {
      title: "an upsert",
      before: [USERS],
      migration:
        "INSERT INTO users (id, name) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET name = excluded.name;",
    },
    {
      title: "MERGE of a written list",
      before: [USERS],
      migration:
        "MERGE INTO users u USING (VALUES (1, 'x')) v (id, name) ON u.id = v.id WHEN MATCHED THEN UPDATE SET name = v.name;",
    },
    {
      title: "DELETE of every row, which has a rule of its own",
      before: [USERS],
      migration: "DELETE FROM users;",
    },
    {
      title: "a table that is known to be small",
      before: [USERS],
      migration: "UPDATE users SET name = 'x';",
      rows: { users: 200 },
    },
    {
      title: "in the down script",
      before: [USERS],
      migration: "SELECT 1;",
      down: "UPDATE users SET name = 'x';",
    },
    {
      title: "in the body of a function, which does not run",
      before: [USERS],
      migration: "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'UPDATE users SET name = NULL';",
    },
    {
      title: "a rule's name in ON CONFLICT and CREATE TRIGGER … UPDATE",
      before: [USERS],
      migration:
        "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; CREATE TRIGGER t BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION g();",
    },
  ],
});
