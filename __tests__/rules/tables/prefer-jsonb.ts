import { testRule } from "../rule-table.ts";

testRule("prefer-jsonb", {
  fires: [
    { title: "a new column", migration: "ALTER TABLE t ADD a json;", says: "over `a` of `t` fail" },
    { title: "an array", migration: "CREATE TABLE t (a json[]);" },
  ],
  silent: [{ title: "jsonb", migration: "CREATE TABLE t (json jsonb);" }],
});
