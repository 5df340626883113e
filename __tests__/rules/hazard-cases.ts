import type { LintCase } from "./lint.ts";
import { AUTOCOMMIT } from "./lint.ts";

/** A hazard as a migration, and what the rule that `rules/coverage.md` names has to say of it. */
export interface HazardCase extends LintCase {
  readonly says: RegExp;
}

const T = "CREATE TABLE t (id bigint PRIMARY KEY, a int, b text, at timestamp);";
const U = "CREATE TABLE u (id bigint PRIMARY KEY, t_id bigint, v_id bigint);";
const PARTED =
  "CREATE TABLE p (id int, t_id bigint, d date) PARTITION BY RANGE (d); CREATE TABLE rest PARTITION OF p DEFAULT;";
const WHOLE = { transaction: false, sends: "script" } as const;

/** Hazards that the labelled set does not hold and that share their rule with others: by id. */
export const HAZARD_CASES: Readonly<Record<string, HazardCase>> = {
  "drop-extension": {
    before: ["CREATE EXTENSION citext;"],
    migration: "DROP EXTENSION citext;",
    says: /the extension `citext` fails/,
  },
  "alter-identity": {
    before: ["CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);"],
    migration: "ALTER TABLE t ALTER COLUMN id DROP IDENTITY;",
    says: /`id`/,
  },
  "alter-column-type-index-rebuild": {
    before: [`${T} CREATE INDEX t_b ON t (b);`],
    migration: 'ALTER TABLE t ALTER COLUMN b TYPE text COLLATE "C";',
    says: /index/,
  },
  "alter-column-timestamp-timezone": {
    before: [T],
    migration: "ALTER TABLE t ALTER COLUMN at TYPE timestamptz;",
    says: /time zone/i,
  },
  "alter-column-type-rechecks-constraints": {
    before: ["CREATE TABLE t (b varchar(10) CHECK (b <> ''));"],
    migration: "ALTER TABLE t ALTER COLUMN b TYPE varchar(20);",
    says: /CHECK|constraint|reads every row/,
  },
  "set-generated-expression-rewrite": {
    before: ["CREATE TABLE t (a int, c int GENERATED ALWAYS AS (a + 1) STORED);"],
    migration: "ALTER TABLE t ALTER COLUMN c SET EXPRESSION AS (a + 2);",
    says: /writes every row of `t` anew/,
  },
  "set-tablespace": {
    before: [T],
    migration: "ALTER TABLE t SET TABLESPACE fast;",
    says: /ACCESS EXCLUSIVE/,
  },
  "refresh-matview-concurrent-exclusive": {
    before: [`${T} CREATE MATERIALIZED VIEW m AS SELECT a FROM t;`],
    migration: "REFRESH MATERIALIZED VIEW CONCURRENTLY m;",
    says: /unique index/,
  },
  "create-matview-with-data": {
    before: [T],
    migration: "CREATE MATERIALIZED VIEW m AS SELECT a FROM t;",
    says: /WITH NO DATA/,
  },
  "create-table-as-select": {
    before: [T],
    migration: "CREATE TABLE c AS SELECT a FROM t;",
    says: /./,
  },
  "create-trigger": {
    before: [T],
    migration: "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();",
    says: /SHARE ROW EXCLUSIVE lock on `t`/,
  },
  "drop-trigger": {
    before: [`${T} CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();`],
    migration: "DROP TRIGGER g ON t;",
    says: /ACCESS EXCLUSIVE lock on `t`/,
  },
  "attach-partition-default-scan": {
    before: [`${PARTED} CREATE TABLE q (id int, t_id bigint, d date);`],
    migration: "ALTER TABLE p ATTACH PARTITION q FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
    says: /default partition `rest`/,
  },
  "create-partition-of-locks-parent": {
    before: [PARTED],
    migration: "CREATE TABLE q PARTITION OF p FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
    says: /ACCESS EXCLUSIVE lock on `p`/,
  },
  "drop-table-locks-parents": {
    before: [`${T} CREATE TABLE u (t_id bigint REFERENCES t);`],
    migration: "DROP TABLE u;",
    says: /ACCESS EXCLUSIVE lock on `u` and `t`/,
  },
  "multiple-foreign-keys-one-migration": {
    before: [`${T} ${U} CREATE TABLE v (id bigint PRIMARY KEY);`],
    migration:
      "ALTER TABLE u ADD FOREIGN KEY (t_id) REFERENCES t NOT VALID, ADD FOREIGN KEY (v_id) REFERENCES v NOT VALID;",
    says: /SHARE ROW EXCLUSIVE lock on `u` and `t`/,
  },
  "statement-after-access-exclusive": {
    before: [T],
    migration: "ALTER TABLE t ADD COLUMN c int; UPDATE t SET a = 1;",
    says: /took an ACCESS EXCLUSIVE lock that is held until the transaction ends/,
  },
  "wide-lock-window": {
    before: [`${T} ${U}`],
    migration: "ALTER TABLE t ADD COLUMN c int; ALTER TABLE u ADD COLUMN c int;",
    says: /`t`/,
  },
  "multiple-ddl-in-transaction": {
    before: [`${T} ${U}`],
    migration: "ALTER TABLE t DROP COLUMN a; ALTER TABLE u DROP COLUMN v_id;",
    says: /`t`/,
  },
  "mergeable-alter-table": {
    before: [T],
    migration: "ALTER TABLE t ADD COLUMN c int; ALTER TABLE t ADD COLUMN d int;",
    says: /Write both in one statement/,
  },
  "access-exclusive-ddl-generic": {
    before: [T],
    migration: "ALTER TABLE t ADD COLUMN c int;",
    says: /ACCESS EXCLUSIVE lock on `t`/,
  },
  "large-or-hot-table-ddl": {
    before: [T],
    rows: { t: 80_000_000 },
    migration: "ALTER TABLE t ADD COLUMN c int;",
    says: /ACCESS EXCLUSIVE lock on `t`/,
  },
  "rewrite-disk-headroom": {
    before: [T],
    migration: "VACUUM FULL t;",
    execution: AUTOCOMMIT,
    says: /anew/,
  },
  "not-valid-fk-on-partitioned-table": {
    before: [`${T} ${PARTED}`],
    postgres: [17],
    migration: "ALTER TABLE p ADD FOREIGN KEY (t_id) REFERENCES t NOT VALID;",
    says: /before PostgreSQL 18 such a table refuses a foreign key with NOT VALID/,
  },
  "drop-constraint": {
    before: [`${T} ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);`],
    migration: "ALTER TABLE t DROP CONSTRAINT c;",
    says: /`c`/,
  },
  "drop-foreign-key": {
    before: [`${T} ${U} ALTER TABLE u ADD CONSTRAINT c FOREIGN KEY (t_id) REFERENCES t;`],
    migration: "ALTER TABLE u DROP CONSTRAINT c;",
    says: /`c`/,
  },
  "concurrently-in-multi-statement-batch": {
    before: [T],
    framework: "golang-migrate",
    execution: WHOLE,
    migration: "SELECT 1; CREATE INDEX CONCURRENTLY i ON t (a);",
    says: /cannot run beside other statements/,
  },
  "set-not-null-existing-nulls": {
    before: [T],
    migration: "ALTER TABLE t ALTER COLUMN a SET NOT NULL;",
    says: /`a`/,
  },
  "add-unique-existing-duplicates": {
    before: [T],
    migration: "ALTER TABLE t ADD UNIQUE (a);",
    says: /`t`/,
  },
  "add-check-existing-violations": {
    before: [T],
    migration: "ALTER TABLE t ADD CHECK (a > 0);",
    says: /`t`/,
  },
  "add-fk-existing-orphans": {
    before: [`${T} ${U}`],
    migration: "ALTER TABLE u ADD FOREIGN KEY (t_id) REFERENCES t;",
    says: /`u`/,
  },
  "seed-insert-conflict": {
    before: [`${T} INSERT INTO t (id) VALUES (1);`],
    migration: "INSERT INTO t (id, a) VALUES (1, 2);",
    says: /fails where `t` has such a row already.*ON CONFLICT DO NOTHING/,
  },
  "syntax-error": {
    unparsed: true,
    migration: "ALTER TABEL t ADD COLUMN c int;",
    says: /PostgreSQL refuses this statement: syntax error at or near "TABEL"/,
  },
  "column-type-change-breaks-app": {
    before: [T],
    migration: "ALTER TABLE t ALTER COLUMN a TYPE text;",
    says: /move the application over/,
  },
  "expand-and-contract-in-one-migration": {
    before: [T],
    migration: "ALTER TABLE t ADD COLUMN c text; UPDATE t SET c = b; ALTER TABLE t DROP COLUMN b;",
    says: /did not copy.*running code that still names the column fails/,
  },
  "require-lock-timeout": {
    before: [T],
    migration: "ALTER TABLE t ADD COLUMN c int;",
    says: /lock_timeout/,
  },
  "lock-timeout-after-dangerous-statement": {
    before: [T],
    migration: "ALTER TABLE t ADD COLUMN c int; SET LOCAL lock_timeout = '5s';",
    says: /lock_timeout/,
  },
  "lock-timeout-disabled-or-too-long": {
    before: [T],
    migration: "SET LOCAL lock_timeout = 0; ALTER TABLE t ADD COLUMN c int;",
    says: /lock_timeout/,
  },
  "require-statement-timeout": {
    before: [T],
    migration: "ALTER TABLE t ADD CHECK (a > 0);",
    says: /Set statement_timeout before it/,
  },
  "statement-timeout-too-long": {
    before: [T],
    migration: "SET LOCAL statement_timeout = '10h'; ALTER TABLE t ADD CHECK (a > 0);",
    says: /Set statement_timeout before it/,
  },
  "cumulative-lock-budget": {
    before: [`${T} ${U}`],
    migration: "ALTER TABLE t ADD COLUMN c int; ALTER TABLE u ADD COLUMN c int;",
    says: /`t`/,
  },
  "hot-table-touched-by-many-files": {
    before: [T],
    migration: "ALTER TABLE t ADD COLUMN c int;\n---\nALTER TABLE t ADD COLUMN d int;",
    says: /`t`/,
  },
  "schema-and-data-mixed": {
    before: [T],
    migration: "ALTER TABLE t ADD COLUMN c int; UPDATE t SET a = 1 WHERE a IS NULL;",
    says: /later migration, in batches/,
  },
  "down-takes-blocking-lock": {
    before: [T],
    execution: AUTOCOMMIT,
    migration: "DROP INDEX CONCURRENTLY i;",
    down: "CREATE INDEX i ON t (a);",
    says: /`t`/,
  },
  "down-wrong-order": {
    migration: "CREATE TYPE e AS ENUM ('x'); CREATE TABLE w (id bigint PRIMARY KEY, e e);",
    down: "DROP TYPE e; DROP TABLE w;",
    says: /The column `e` of `w` depends on this: it fails with SQLSTATE 2BP01/,
  },
  "insert-into-existing-table": {
    before: [T],
    migration: "INSERT INTO t (id, a) VALUES (1, 2);",
    says: /`t`/,
  },
  "do-block-hidden-ddl": {
    before: [T],
    migration: "DO $$ BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN c int', 't'); END $$;",
    says: /EXECUTE|DO/,
  },
  "prefer-bigint-primary-key": {
    migration: "CREATE TABLE w (id int PRIMARY KEY);",
    says: /`id`/,
  },
  "prefer-bigint-over-smallint": {
    migration: "CREATE TABLE w (id smallint PRIMARY KEY);",
    says: /`id`/,
  },
  "sequence-int-capacity": {
    migration: "CREATE TABLE w (id serial PRIMARY KEY);",
    says: /`id`/,
  },
  "require-primary-key": {
    migration: "CREATE TABLE w (a int);",
    says: /no primary key/,
  },
  "policy-change": {
    before: [`${T} CREATE POLICY own ON t USING (id = 1);`],
    migration: "ALTER POLICY own ON t USING (id > 1);",
    says: /see and write other rows of `t`/,
  },
  "rls-toggle": {
    before: [`${T} ALTER TABLE t ENABLE ROW LEVEL SECURITY;`],
    migration: "ALTER TABLE t DISABLE ROW LEVEL SECURITY;",
    says: /`t`/,
  },
  "prefer-if-not-exists": {
    execution: AUTOCOMMIT,
    migration: "CREATE TABLE w (id bigint PRIMARY KEY); CREATE INDEX i ON t (a);",
    says: /IF NOT EXISTS/,
  },
  "prefer-if-exists": {
    before: [T],
    execution: AUTOCOMMIT,
    migration: "DROP TABLE t; CREATE TABLE w (id bigint PRIMARY KEY);",
    says: /Add IF EXISTS/,
  },
  "out-of-order-migration": {
    migration: T,
    situation: "out-of-order",
    says: /Give this one a later version/,
  },
  "applied-migration-edited": { migration: T, situation: "edited", says: /edited|change/ },
  "unanalysable-statement": {
    migration: "DO $$ BEGIN EXECUTE current_setting('app.sql'); END $$;",
    says: /EXECUTE|DO/,
  },
  "unsupported-psql-command": {
    unparsed: true,
    migration: "\\i other.sql\nSELECT 1;",
    says: /psql command, not SQL/,
  },
  "prisma-concurrent-index-mixed": {
    framework: "prisma",
    execution: WHOLE,
    before: [T],
    migration: "ALTER TABLE t ADD COLUMN c int; CREATE INDEX CONCURRENTLY i ON t (c);",
    says: /Prisma sends them as one query/,
  },
  "prisma-rename-as-drop-add": {
    framework: "prisma",
    before: ["CREATE TABLE m (name text);"],
    migration: 'ALTER TABLE m DROP COLUMN name,\nADD COLUMN     "fullName" TEXT;',
    says: /If `"fullName"` is `name` of `m` renamed, the values of every row are lost/,
  },
  "prisma-enum-recreate": {
    framework: "prisma",
    before: [
      "CREATE TYPE role AS ENUM ('a', 'b'); CREATE TABLE m (role role NOT NULL DEFAULT 'a');",
    ],
    migration: `BEGIN;
CREATE TYPE role_new AS ENUM ('a');
ALTER TABLE m ALTER COLUMN role DROP DEFAULT;
ALTER TABLE m ALTER COLUMN role TYPE role_new USING (role::text::role_new);
ALTER TYPE role RENAME TO role_old;
ALTER TYPE role_new RENAME TO role;
DROP TYPE role_old;
ALTER TABLE m ALTER COLUMN role SET DEFAULT 'a';
COMMIT;`,
    says: /writes every row of `m`/,
  },
  "prisma-required-field-old-rows": {
    framework: "prisma",
    before: [T],
    migration: "ALTER TABLE t ADD COLUMN     phone TEXT NOT NULL;",
    says: /fails as soon as `t` holds a row/,
  },
  "django-default-dropped-after-add": {
    framework: "django",
    before: [T],
    migration:
      "ALTER TABLE t ADD COLUMN c int DEFAULT 1 NOT NULL; ALTER TABLE t ALTER COLUMN c DROP DEFAULT;",
    says: /`c`/,
  },
  "django-concurrent-index-needs-atomic-false": {
    framework: "django",
    before: [T],
    migration: "CREATE INDEX CONCURRENTLY i ON t (a);",
    says: /`atomic = False`/,
  },
  "django-edited-or-deleted-migration": {
    framework: "django",
    migration: T,
    situation: "edited",
    says: /do not run it again/,
  },
  "drizzle-journal-timestamp-out-of-order": {
    framework: "drizzle",
    migration: T,
    situation: "skipped",
    says: /Give its entry a later `when`/,
  },
  "drizzle-concurrently-inside-wrapper": {
    framework: "drizzle",
    before: [T],
    migration: "CREATE INDEX CONCURRENTLY i ON t (a);",
    says: /Drizzle/,
  },
};
