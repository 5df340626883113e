import { testRule } from "../rule-table.ts";

const P = "CREATE TABLE p (id int PRIMARY KEY, a int, b int);";
const C = "CREATE TABLE c (x int, y int);";
const ADD = "ALTER TABLE c ADD FOREIGN KEY (x) REFERENCES p (a) NOT VALID;";

testRule("require-foreign-key-target-key", {
  fires: [
    {
      title: "ADD CONSTRAINT",
      before: [P, C],
      migration: ADD,
      says: "No unique constraint or index of `p` is over `a`: this foreign key fails with SQLSTATE 42830.",
      severity: "error",
      table: "p",
    },
    { title: "ADD COLUMN", before: [P, C], migration: "ALTER TABLE c ADD z int REFERENCES p (b);" },
    {
      title: "CREATE TABLE",
      migration: `${P} CREATE TABLE d (\n  x int REFERENCES p (a)\n);`,
      line: 2,
    },
    {
      title: "one column of a unique key of two",
      before: [`${P} ALTER TABLE p ADD UNIQUE (a, b);`, C],
      migration: ADD,
    },
    {
      title: "a partial unique index",
      before: [`${P} CREATE UNIQUE INDEX ON p (a) WHERE a > 0;`, C],
      migration: ADD,
    },
    {
      title: "no columns named of a table without a primary key",
      before: ["CREATE TABLE p (id int UNIQUE);", C],
      migration: "ALTER TABLE c ADD FOREIGN KEY (x) REFERENCES p;",
      says: "42704",
    },
  ],
  silent: [
    { title: "the primary key", before: [P, C], migration: ADD.replace("(a)", "(id)") },
    { title: "no columns named", before: [P, C], migration: ADD.replace("(a)", "") },
    { title: "a unique index", before: [`${P} CREATE UNIQUE INDEX ON p (a);`, C], migration: ADD },
    {
      title: "a unique key in another order",
      before: [`${P} ALTER TABLE p ADD UNIQUE (b, a);`, C],
      migration: "ALTER TABLE c ADD FOREIGN KEY (x, y) REFERENCES p (a, b) NOT VALID;",
    },
    {
      title: "a unique key of the same migration",
      before: [P, C],
      migration: `ALTER TABLE p ADD UNIQUE (a); ${ADD}`,
    },
    { title: "a table that nobody created", before: [C], migration: ADD },
    {
      title: "a table that references itself",
      migration: "CREATE TABLE t (id int PRIMARY KEY, up int REFERENCES t);",
    },
    {
      title: "CREATE TABLE IF NOT EXISTS of one that exists",
      before: [P, C],
      migration: "CREATE TABLE IF NOT EXISTS c (x int REFERENCES p (a));",
    },
  ],
});
