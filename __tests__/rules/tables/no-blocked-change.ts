import { testRule } from "../rule-table.ts";

const T = `CREATE TABLE t (id int PRIMARY KEY, a varchar(9), b text, c int,
  d int GENERATED ALWAYS AS (c * 2) STORED, CONSTRAINT t_b UNIQUE (b));`;
const VIEW = 'CREATE VIEW "V" AS SELECT a FROM t;';
const CHILD = "CREATE TABLE child (b text CONSTRAINT child_b REFERENCES t (b));";

const TRIGGER = `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE TRIGGER on_a BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (new.c > 1) EXECUTE FUNCTION f();`;

testRule("no-blocked-change", {
  fires: [
    {
      title: "the type of a column that a view reads",
      before: [T, VIEW],
      migration: "ALTER TABLE t ALTER a TYPE text;",
      says: 'The view `"V"` depends on this: it fails with SQLSTATE 0A000. Drop that first',
      severity: "error",
      table: "t",
    },
    {
      title: "the type of a column that a generated column reads",
      before: [T],
      migration: "ALTER TABLE t ALTER c TYPE bigint;",
      says: "The generated column `d` depends",
    },
    {
      title: "a column that a trigger is fired by",
      before: [T, TRIGGER],
      migration: "ALTER TABLE t DROP a;",
      says: "The trigger `on_a` depends on this: it fails with SQLSTATE 2BP01.",
    },
    {
      title: "the type of a column that a trigger's condition names",
      before: [T, TRIGGER],
      migration: "ALTER TABLE t ALTER c TYPE bigint;",
      says: "The generated column `d`, the trigger `on_a` depend on this: it fails with SQLSTATE 0A000.",
    },
    {
      title: "a column that a policy names, under its new name",
      before: [T, "CREATE POLICY own ON t USING (a = current_user); ALTER TABLE t RENAME a TO z;"],
      migration: "ALTER TABLE t DROP z;",
      says: "The policy `own` depends",
    },
    {
      title: "the type of a column that a policy checks",
      before: [T, "CREATE POLICY own ON t FOR INSERT WITH CHECK (a <> '');"],
      migration: "ALTER TABLE t ALTER a TYPE text;",
      says: "The policy `own` depends on this: it fails with SQLSTATE 0A000.",
    },
    {
      title: "a column that a publication sends by name",
      before: [T, "CREATE PUBLICATION reports FOR TABLE t (id, a);"],
      migration: "ALTER TABLE t DROP a;",
      says: "The publication `reports` depends on this: it fails with SQLSTATE 2BP01.",
    },
    {
      title: "the type of a column that a publication's condition names",
      before: [T, "CREATE PUBLICATION reports FOR TABLE t WHERE (id > 1);"],
      migration: "ALTER TABLE t ALTER id TYPE bigint;",
      says: "0A000",
    },
    {
      title: "a column that a view reads",
      before: [T, VIEW],
      migration: "ALTER TABLE t DROP a;",
      says: "2BP01",
    },
    {
      title: "a column that a foreign key references",
      before: [T, CHILD],
      migration: "ALTER TABLE t DROP b;",
      says: "The foreign key `child_b` of `child` depends",
    },
    {
      title: "a table",
      before: [T, VIEW, CHILD],
      migration: "DROP TABLE t;",
      says: 'The view `"V"`, the foreign key `child_b` of `child` depend on this: it fails with SQLSTATE 2BP01. Drop those first',
    },
    { title: "a key", before: [T, CHILD], migration: "ALTER TABLE t DROP CONSTRAINT t_b;" },
    {
      title: "a primary key that the table itself references",
      before: ["CREATE TABLE tree (id int PRIMARY KEY, up int REFERENCES tree);"],
      migration: "ALTER TABLE tree DROP CONSTRAINT tree_pkey;",
      says: "`tree_up_fkey` of `tree`",
    },
    {
      title: "a view that another one reads",
      before: [T, VIEW, 'CREATE VIEW w AS SELECT a FROM "V";'],
      migration: 'DROP VIEW "V";',
      says: "The view `w`",
    },
    {
      title: "a type that a column has",
      before: ["CREATE TYPE mood AS ENUM ('x'); CREATE TABLE u (m mood);"],
      migration: "DROP TYPE mood;",
      says: "The column `m` of `u`",
    },
    {
      title: "a down script in the wrong order",
      migration: `${T} ${CHILD}`,
      down: "DROP TABLE t; DROP TABLE child;",
      severity: "warning",
    },
  ],
  silent: [
    { title: "CASCADE", before: [T, VIEW, CHILD], migration: "DROP TABLE t CASCADE;" },
    {
      title: "a column that nothing reads",
      before: [T, VIEW, CHILD],
      migration: "ALTER TABLE t DROP d;",
    },
    { title: "all in one DROP", before: [T, CHILD], migration: "DROP TABLE t, child;" },
    {
      title: "in the right order",
      before: [T, CHILD, VIEW],
      migration: 'DROP VIEW "V"; DROP TABLE child; DROP TABLE t;',
    },
    {
      title: "the foreign key dropped before, in the same statement",
      before: ["CREATE TABLE tree (id int PRIMARY KEY, up int REFERENCES tree);"],
      migration: "ALTER TABLE tree DROP CONSTRAINT tree_up_fkey, DROP CONSTRAINT tree_pkey;",
    },
    {
      title: "a second key over the same columns, that no foreign key rests on",
      before: [T, CHILD, "ALTER TABLE t ADD CONSTRAINT t_b_again UNIQUE (b);"],
      migration: "ALTER TABLE t DROP CONSTRAINT t_b_again;",
    },
    {
      title: "a view that may mean the column of another table",
      before: [T, "CREATE TABLE o (a text);", "CREATE VIEW w AS SELECT o.a FROM t, o;"],
      migration: "ALTER TABLE t ALTER a TYPE text;",
    },
    {
      title: "a new column, of whose name an older view has another",
      before: ["CREATE TABLE n (x int); CREATE VIEW w AS SELECT x AS gone FROM n ORDER BY gone;"],
      migration: "ALTER TABLE n ADD COLUMN gone int; ALTER TABLE n DROP gone;",
    },
    {
      title: "in a block that looks first",
      before: [T, VIEW],
      migration: "DO $$ BEGIN IF false THEN ALTER TABLE t DROP a; END IF; END $$;",
    },
  ],
});
