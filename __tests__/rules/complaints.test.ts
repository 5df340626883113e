import { describe, expect, it } from "@jest/globals";
import { AUTOCOMMIT, findings, type LintCase } from "./lint.ts";

/*
 * What users of other linters complained of, as they met it. Each complaint is held to both sides: the
 * statement that was wrongly reported stays silent, and its unsafe twin is told; or the other way round.
 */

interface Complaint {
  readonly title: string;
  /** The rule that is asked. */
  readonly rule: string;
  readonly silent: string | LintCase;
  readonly told: string | LintCase;
}

const HISTORY = `CREATE TABLE users (id bigint PRIMARY KEY, email text, age int, name varchar(50));
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, note text, total numeric,
  CONSTRAINT note_set CHECK (note IS NOT NULL));
CREATE UNIQUE INDEX users_mail ON users (email);
CREATE TABLE events (day date NOT NULL) PARTITION BY RANGE (day);`;

const own = (migration: string, more: Partial<LintCase> = {}): LintCase => ({
  migration,
  execution: AUTOCOMMIT,
  ...more,
});

const COMPLAINTS: readonly Complaint[] = [
  {
    title: "1 an index right after CREATE TABLE, without BEGIN",
    rule: "require-concurrent-index",
    silent: own("CREATE TABLE t (id int); CREATE INDEX i ON t (id);"),
    told: own("CREATE INDEX i ON users (age);"),
  },
  {
    title:
      "2 CONCURRENTLY asked for where the runner forces a transaction: the advice says how to leave it",
    rule: "no-concurrently-in-transaction",
    silent: own("CREATE INDEX CONCURRENTLY i ON users (age);"),
    told: "CREATE INDEX CONCURRENTLY i ON users (age);",
  },
  {
    title: "3 a file that is one CREATE INDEX CONCURRENTLY, sent as one string",
    rule: "no-concurrently-in-transaction",
    silent: {
      migration: "CREATE INDEX CONCURRENTLY i ON users (age);",
      execution: { transaction: false, sends: "script" },
    },
    told: {
      migration: "SELECT 1; CREATE INDEX CONCURRENTLY i ON users (age);",
      execution: { transaction: false, sends: "script" },
    },
  },
  {
    title: "4 DROP TABLE taken for an index",
    rule: "require-concurrent-index",
    silent: "DROP TABLE users;",
    told: "CREATE INDEX i ON users (age);",
  },
  {
    title: "5 varchar without a length taken for limited",
    rule: "no-column-type-rewrite",
    silent: "ALTER TABLE users ALTER COLUMN email TYPE varchar;",
    told: "ALTER TABLE users ALTER COLUMN email TYPE varchar(20);",
  },
  {
    title: "6 SET NOT NULL after a validated CHECK",
    rule: "no-set-not-null-scan",
    silent: "ALTER TABLE orders ALTER COLUMN note SET NOT NULL;",
    told: "ALTER TABLE orders ALTER COLUMN total SET NOT NULL;",
  },
  {
    title: "7 USING INDEX taken for a build",
    rule: "no-blocking-unique-constraint",
    silent: "ALTER TABLE users ADD CONSTRAINT m UNIQUE USING INDEX users_mail;",
    told: "ALTER TABLE users ADD CONSTRAINT m UNIQUE (email);",
  },
  {
    title: "8 a foreign key inside of CREATE TABLE",
    rule: "require-not-valid-foreign-key",
    silent: "CREATE TABLE t (id int, u bigint REFERENCES users);",
    told: "ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users;",
  },
  {
    title: "9 a schema asked of a temporary table",
    rule: "require-schema-name",
    silent: "CREATE TEMP TABLE t (id int) ON COMMIT DROP;",
    told: "CREATE TABLE t (id int);",
  },
  {
    title: "10 constant and stable defaults called rewriting",
    rule: "no-volatile-default",
    silent:
      "ALTER TABLE users ADD a timestamptz DEFAULT now(), ADD b text[] DEFAULT '{}'::text[], ADD c int DEFAULT -1;",
    told: "ALTER TABLE users ADD a uuid DEFAULT gen_random_uuid();",
  },
  {
    title: "11 NOT VALID asked of a new table",
    rule: "require-not-valid-check",
    silent: "CREATE TABLE t (a int); ALTER TABLE t ADD CHECK (a > 0);",
    told: "ALTER TABLE users ADD CHECK (age > 0);",
  },
  {
    title: "12 ignore comments with text behind the rule",
    rule: "no-drop-table",
    silent: "-- squawk-ignore ban-drop-table nobody reads it\nDROP TABLE users;",
    told: "-- squawk-ignore ban-drop-column\nDROP TABLE users;",
  },
  {
    title: "13 a timeout that the runner sets: asked for only where the history has the habit",
    rule: "require-lock-timeout",
    silent: { migration: "ALTER TABLE users ADD a int;", preset: "recommended" },
    told: {
      migration: "ALTER TABLE users ADD a int;",
      before: [HISTORY, "SET lock_timeout = '5s'; SELECT 1;"],
      preset: "recommended",
    },
  },
  {
    title: "14 rules of style that everybody switches off",
    rule: "prefer-text",
    silent: {
      migration: "CREATE TABLE t (id int PRIMARY KEY, a varchar(20));",
      preset: "recommended",
    },
    told: "CREATE TABLE t (id int PRIMARY KEY, a varchar(20));",
  },
  {
    title: "15 the whole history linted: only what changed is told",
    rule: "no-drop-table",
    silent: { before: [HISTORY, "DROP TABLE users;"], migration: "SELECT 1;" },
    told: "DROP TABLE users;",
  },
  {
    title: "16 IS NOT NULL in an index predicate read as a NOT NULL column",
    rule: "no-required-column-without-default",
    silent: "CREATE INDEX i ON users (age) WHERE email IS NOT NULL;",
    told: "ALTER TABLE users ADD a int NOT NULL;",
  },
  {
    title: "17 an index on a new table with ALTER TABLE in between",
    rule: "require-concurrent-index",
    silent:
      "CREATE TABLE t (id int); ALTER TABLE t ADD a int; ALTER TABLE users ADD b int; CREATE INDEX i ON t (a);",
    told: "ALTER TABLE users ADD b int; CREATE INDEX i ON users (b);",
  },
  {
    title:
      "18 Django's default that goes at once breaks the running release, and one that stays does not",
    rule: "no-early-requirement",
    silent: "ALTER TABLE users ADD a int DEFAULT 0 NOT NULL;",
    told: "ALTER TABLE users ADD a int DEFAULT 0 NOT NULL; ALTER TABLE users ALTER COLUMN a DROP DEFAULT;",
  },
  {
    title: "19 NOT NULL of one column laid to another",
    rule: "no-required-column-without-default",
    silent:
      "CREATE TABLE t (a int NOT NULL); ALTER TABLE users ADD b int, ADD c int NOT NULL DEFAULT 1;",
    told: "ALTER TABLE users ADD b int DEFAULT 1, ADD c int NOT NULL;",
  },
  {
    title: "20 a longer varchar, and a NOT NULL column with a default",
    rule: "no-column-type-rewrite",
    silent:
      "ALTER TABLE users ALTER COLUMN name TYPE varchar(80), ADD b boolean NOT NULL DEFAULT false;",
    told: "ALTER TABLE users ALTER COLUMN name TYPE varchar(8);",
  },
  {
    title: "21 a rename read as a drop and a NOT NULL column",
    rule: "no-drop-column",
    silent: "ALTER TABLE users RENAME COLUMN name TO full_name;",
    told: "ALTER TABLE users DROP COLUMN name, ADD full_name varchar(50);",
  },
  {
    title: "22 VACUUM (FULL false), and an exclusion in CREATE TABLE",
    rule: "no-table-rewrite",
    silent: own(
      "VACUUM (FULL false) users; CREATE TABLE t (a int8range, EXCLUDE USING gist (a WITH &&));",
    ),
    told: own("VACUUM (FULL) users;"),
  },
  {
    title: "23 a default that holds the word now",
    rule: "no-volatile-default",
    silent: "ALTER TABLE users ADD a text DEFAULT 'nowhere';",
    told: "ALTER TABLE users ADD a timestamptz DEFAULT clock_timestamp();",
  },
  {
    title: "24 CONCURRENTLY advised where the server refuses it",
    rule: "no-concurrent-index-on-partitioned-table",
    silent: own("CREATE INDEX i ON ONLY events (day);"),
    told: own("CREATE INDEX CONCURRENTLY i ON events (day);"),
  },
  {
    title: "25 the runner's version decides whether there is a transaction",
    rule: "no-concurrently-in-transaction",
    silent: {
      framework: "prisma",
      migration: "SELECT 1; CREATE INDEX CONCURRENTLY i ON users (age);",
      execution: { transaction: false, sends: "statements" },
    },
    told: {
      framework: "prisma",
      migration: "SELECT 1; CREATE INDEX CONCURRENTLY i ON users (age);",
      execution: { transaction: false, sends: "script" },
    },
  },
  {
    title: "26 SET NOT NULL lost by a gate of the version",
    rule: "no-set-not-null-scan",
    silent: { migration: "ALTER TABLE orders ALTER COLUMN note SET NOT NULL;", postgres: [12] },
    told: { migration: "ALTER TABLE users ALTER COLUMN age SET NOT NULL;", postgres: [12] },
  },
  {
    title: "27 ADD COLUMN with a CHECK scans under its lock",
    rule: "require-not-valid-check",
    silent: "ALTER TABLE users ADD a int;",
    told: "ALTER TABLE users ADD a int CHECK (a > 0);",
  },
  {
    title: "28 NOT VALID and VALIDATE in one transaction",
    rule: "no-validate-in-same-transaction",
    silent:
      "ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID;\n---\nALTER TABLE users VALIDATE CONSTRAINT c;",
    told: "ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID; ALTER TABLE users VALIDATE CONSTRAINT c;",
  },
  {
    title: "29 a NOT VALID CHECK on a new column breaks the running release's inserts",
    rule: "no-early-requirement",
    silent:
      "ALTER TABLE users ADD a int DEFAULT 1; ALTER TABLE users ADD CHECK (a IS NOT NULL) NOT VALID;",
    told: "ALTER TABLE users ADD a int; ALTER TABLE users ADD CHECK (a IS NOT NULL) NOT VALID;",
  },
  {
    title: "30 DO blocks are read",
    rule: "no-drop-column",
    silent: "DO $$ BEGIN ALTER TABLE users ADD a int; END $$;",
    told: "DO $$ BEGIN ALTER TABLE users DROP COLUMN age; END $$;",
  },
  {
    title: "31 a comment above BEGIN switches nothing off",
    rule: "no-concurrently-in-transaction",
    silent: own("-- no BEGIN here\nCREATE INDEX CONCURRENTLY i ON users (age);"),
    told: own("-- begins\nBEGIN;\nCREATE INDEX CONCURRENTLY i ON users (age);\nCOMMIT;"),
  },
  {
    title: "32 DEFAULT NULL is no default",
    rule: "no-required-column-without-default",
    silent: "ALTER TABLE users ADD a int DEFAULT 0 NOT NULL;",
    told: "ALTER TABLE users ADD a int DEFAULT NULL NOT NULL;",
  },
  {
    title: "33 a rebuild by a copied table loses the old one",
    rule: "no-drop-table",
    silent: "CREATE TABLE t (id int); DROP TABLE t;",
    told: "CREATE TABLE new_users (id bigint PRIMARY KEY); INSERT INTO new_users (id) SELECT id FROM users; DROP TABLE users; ALTER TABLE new_users RENAME TO users;",
  },
  {
    title: "34 a migration that sorts before one of the base branch",
    rule: "no-out-of-order-migration",
    silent: "SELECT 1;",
    told: { migration: "SELECT 1;", situation: "out-of-order" },
  },
  {
    title: "35 a blocking index in the down script",
    rule: "require-concurrent-index",
    silent: {
      migration: "DROP INDEX users_mail;",
      down: "CREATE INDEX CONCURRENTLY users_mail ON users (email);",
    },
    told: {
      migration: "DROP INDEX users_mail;",
      down: "CREATE INDEX users_mail ON users (email);",
    },
  },
  {
    title: "36 an empty down",
    rule: "no-empty-down",
    silent: { migration: "CREATE TABLE t (id int PRIMARY KEY);", down: "DROP TABLE t;" },
    told: { migration: "CREATE TABLE t (id int PRIMARY KEY);", down: "SELECT 1;" },
  },
  {
    title: "37 the word Down in a text cuts no statement",
    rule: "no-unparsed-statement",
    silent: "INSERT INTO users (id, email) VALUES (1, 'Download -- +goose Down');",
    told: { migration: "INSERT INTO users (id, email VALUES (1, 'a');", unparsed: true },
  },
  {
    title: "38 pending trigger events",
    rule: "no-alter-after-deferred-write",
    silent: {
      before: [HISTORY],
      migration: "UPDATE users SET age = 1 WHERE id = 1; ALTER TABLE users ADD a int;",
    },
    told: {
      before: [
        HISTORY,
        "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users DEFERRABLE INITIALLY DEFERRED;",
      ],
      migration: "UPDATE orders SET user_id = 2 WHERE id = 1; ALTER TABLE orders ADD a int;",
    },
  },
  {
    title: "39 ADD CONSTRAINT IF NOT EXISTS is no SQL",
    rule: "no-unparsed-statement",
    silent: "ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID;",
    told: {
      migration: "ALTER TABLE users ADD CONSTRAINT IF NOT EXISTS c CHECK (age > 0);",
      unparsed: true,
    },
  },
  {
    title: "40 Prisma's own warning left at the top",
    rule: "no-unresolved-data-loss-warning",
    silent: { framework: "prisma", migration: "-- AlterTable\nALTER TABLE users ADD a int;" },
    told: {
      framework: "prisma",
      migration:
        "/*\n  Warnings:\n\n  - A unique constraint covering the columns `[email]` on the table `users` will be added. If there are existing duplicate values, this will fail.\n\n*/\n-- AlterTable\nALTER TABLE users ADD a int;",
    },
  },
  {
    title: "41 arrays of integers, and lines that end in CR alone",
    rule: "prefer-bigint-primary-key",
    silent: "CREATE TABLE t (id bigint PRIMARY KEY,\r a int[]);",
    told: "CREATE TABLE t (id int PRIMARY KEY);",
  },
  {
    title: "42 dbmate opens a transaction: CONCURRENTLY fails in it",
    rule: "no-concurrently-in-transaction",
    silent: {
      framework: "dbmate",
      migration: "CREATE INDEX CONCURRENTLY i ON users (age);",
      execution: AUTOCOMMIT,
    },
    told: {
      framework: "dbmate",
      migration: "CREATE INDEX CONCURRENTLY i ON users (age);",
      execution: { transaction: true, sends: "script" },
    },
  },
];

function said({ rule }: Complaint, side: string | LintCase): number {
  const lintCase = typeof side === "string" ? { migration: side } : side;
  return findings({ before: [HISTORY], ...lintCase }).filter((one) => one.rule === rule).length;
}

it("holds 42 complaints", () => {
  expect(COMPLAINTS).toHaveLength(42);
});

describe.each(COMPLAINTS)("$title", (complaint) => {
  it("is silent where nothing is wrong", () => {
    expect(said(complaint, complaint.silent)).toBe(0);
  });

  it("tells where something is", () => {
    expect(said(complaint, complaint.told)).toBeGreaterThan(0);
  });
});
