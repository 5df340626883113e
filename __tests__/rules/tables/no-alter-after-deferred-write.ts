import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const P = "CREATE TABLE p (id int PRIMARY KEY);";
const C = "CREATE TABLE c (id int, p_id int REFERENCES p DEFERRABLE INITIALLY DEFERRED, n int);";
const INSERT = "INSERT INTO c (id) VALUES (1);";
const ALTER = "ALTER TABLE c ADD COLUMN x int;";

testRule("no-alter-after-deferred-write", {
  fires: [
    {
      title: "INSERT and ALTER TABLE",
      before: [P, C],
      migration: `${INSERT}\n${ALTER}`,
      says: "Rows of `c` were written in this transaction",
      severity: "error",
      table: "c",
      line: 2,
    },
    {
      title: "UPDATE of the key, and CREATE INDEX",
      before: [P, C],
      migration: "UPDATE c SET p_id = 3 WHERE id = 1; CREATE INDEX ON c (n);",
    },
    { title: "said once", before: [P, C], migration: `${INSERT} ${ALTER} DROP TABLE c;` },
    { title: "a new table", migration: `${P} ${C} ${INSERT} ${ALTER}` },
  ],
  silent: [
    { title: "in two transactions", before: [P, C], migration: `${INSERT}\n---\n${ALTER}` },
    {
      title: "in autocommit",
      before: [P, C],
      migration: `${INSERT} ${ALTER}`,
      execution: AUTOCOMMIT,
    },
    { title: "ALTER TABLE first", before: [P, C], migration: `${ALTER} ${INSERT}` },
    {
      title: "SET CONSTRAINTS in between",
      before: [P, C],
      migration: `${INSERT} SET CONSTRAINTS ALL IMMEDIATE; ${ALTER}`,
    },
    {
      title: "UPDATE of another column",
      before: [P, C],
      migration: `UPDATE c SET n = 1 WHERE id = 1; ${ALTER}`,
    },
    {
      title: "UPDATE to NULL",
      before: [P, C],
      migration: `UPDATE c SET p_id = NULL WHERE id = 1; ${ALTER}`,
    },
    { title: "another table", before: [P, C], migration: `${INSERT} ALTER TABLE p ADD x int;` },
    {
      title: "a foreign key that is not deferred",
      before: [P, C.replace(" INITIALLY DEFERRED", "")],
      migration: `${INSERT} ${ALTER}`,
    },
  ],
});
