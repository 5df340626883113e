import { testRule } from "../rule-table.ts";

testRule("no-money", {
  fires: [
    { title: "a new column", migration: "ALTER TABLE t ADD a MONEY;", says: "from `a` of `t`" },
  ],
  silent: [
    { title: "numeric", migration: "CREATE TABLE t (money numeric);" },
    { title: "a type of another schema", migration: "CREATE TABLE t (a app.money);" },
  ],
});
