import { testRule } from "../rule-table.ts";

const SHOP = `CREATE TABLE plans (id int PRIMARY KEY);
CREATE TABLE accounts (id int PRIMARY KEY, plan_id int REFERENCES plans (id));
CREATE TABLE logins (account_id int REFERENCES accounts (id));`;

testRule("no-truncate", {
  fires: [
    {
      title: "a table of the base branch",
      before: [SHOP],
      migration: "TRUNCATE logins;",
      severity: "error",
      table: "logins",
      says: /^Every row of `logins` is lost\. Delete/,
    },
    {
      title: "each of several",
      before: [SHOP],
      migration: "TRUNCATE TABLE logins, accounts;",
      times: 2,
    },
    {
      title: "CASCADE, which goes on and on",
      before: [SHOP],
      migration: "TRUNCATE plans CASCADE;",
      says: "Every row of `plans`, `accounts`, `logins` is lost. CASCADE empties every table",
    },
    {
      title: "CASCADE of a new table that an old one references",
      before: [SHOP],
      migration: `CREATE TABLE n (id int PRIMARY KEY); ALTER TABLE logins ADD COLUMN n int REFERENCES n (id);
TRUNCATE n CASCADE;`,
      says: "Every row of `logins` is lost",
    },
    {
      title: "tables that reference each other",
      before: [
        "CREATE TABLE a (id int PRIMARY KEY, b int); CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a); ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;",
      ],
      migration: "TRUNCATE a CASCADE;",
      says: "`a`, `b`",
    },
    {
      title: "inside a DO block",
      before: [SHOP],
      migration: "DO $$ BEGIN TRUNCATE logins; END $$;",
    },
    {
      title: "quoted and qualified",
      before: [SHOP],
      migration: 'TRUNCATE "public"."logins";',
      table: "logins",
    },
  ],
  silent: [
    { title: "a new table", migration: `${SHOP} TRUNCATE plans CASCADE;` },
    { title: "a temporary table", migration: "CREATE TEMP TABLE t (a int); TRUNCATE t;" },
    {
      title: "in the down script",
      before: [SHOP],
      migration: "SELECT 1;",
      down: "TRUNCATE logins;",
    },
  ],
});
