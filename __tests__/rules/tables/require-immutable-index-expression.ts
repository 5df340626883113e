import { testRule } from "../rule-table.ts";

const T = "CREATE TABLE t (id int, at timestamptz, a text);";
const on = (rest: string): string => `CREATE INDEX i ON t ${rest};`;

testRule("require-immutable-index-expression", {
  fires: [
    {
      title: "WHERE with now()",
      before: [T],
      migration: on("(id) WHERE at > now()"),
      says: "An index of `t` cannot depend on `now`",
      severity: "error",
      table: "t",
    },
    { title: "CURRENT_DATE", before: [T], migration: on("(id) WHERE at >= CURRENT_DATE - 7") },
    { title: "a key", before: [T], migration: on("((at - now()))") },
    { title: "a new table", migration: `${T} ${on("((random()))")}` },
  ],
  silent: [
    { title: "lower()", before: [T], migration: on("(lower(a)) WHERE a IS NOT NULL") },
    {
      title: "a function that has immutable forms",
      before: [T],
      migration: on("(date_trunc('day', at, 'UTC'))"),
    },
    {
      title: "a column of that name",
      before: ["CREATE TABLE t (now int);"],
      migration: on("(now)"),
    },
  ],
});
