import { testRule } from "../rule-table.ts";

testRule("prefer-timestamptz", {
  fires: [
    {
      title: "with a precision",
      migration: "ALTER TABLE t ADD a timestamp(3);",
      says: "read `a` of `t`",
    },
    { title: "in words", migration: "CREATE TABLE t (a timestamp without time zone);" },
  ],
  silent: [
    {
      title: "timestamptz",
      migration: "CREATE TABLE t (a timestamptz, b timestamp with time zone, c date);",
    },
  ],
});
