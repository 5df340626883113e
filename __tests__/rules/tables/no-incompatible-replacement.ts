import { testRule } from "../rule-table.ts";

const T = "CREATE TABLE t (id int, a text, b text); CREATE VIEW v AS SELECT id, a FROM t;";
const F = "CREATE FUNCTION f(x int) RETURNS int LANGUAGE sql AS 'SELECT 1';";
const view = (list: string): string => `CREATE OR REPLACE VIEW v AS SELECT ${list} FROM t;`;

testRule("no-incompatible-replacement", {
  fires: [
    {
      title: "a column less",
      before: [T],
      migration: view("id"),
      says: "CREATE OR REPLACE VIEW cannot take the column `a` away from `v`",
      severity: "error",
      table: "v",
    },
    { title: "another order", before: [T], migration: view("a, id"), says: "`id`" },
    { title: "another name", before: [T], migration: view('id, a AS "A"') },
    { title: "a column in between", before: [T], migration: view("id, b, a") },
    {
      title: "another return type",
      before: [F],
      migration: F.replace("CREATE", "CREATE OR REPLACE").replace("RETURNS int", "RETURNS text"),
      says: "cannot make `f` return text instead of int",
    },
  ],
  silent: [
    { title: "a column at the end", before: [T], migration: view("id, a, b") },
    { title: "a star, whose columns are not known", before: [T], migration: view("*") },
    { title: "a view that was dropped", before: [T], migration: `DROP VIEW v; ${view("id")}` },
    {
      title: "a view that nobody knows",
      before: ["CREATE TABLE t (id int);"],
      migration: view("id"),
    },
    {
      title: "the same return type in other words",
      before: [F],
      migration: F.replace("CREATE", "CREATE OR REPLACE").replace("RETURNS int", "RETURNS integer"),
    },
    {
      title: "other parameters, which make another function",
      before: [F],
      migration: "CREATE OR REPLACE FUNCTION f(x text) RETURNS text LANGUAGE sql AS 'SELECT 1';",
    },
  ],
});
