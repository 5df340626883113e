import { testRule } from "../rule-table.ts";

testRule("no-rounded-timestamp", {
  fires: [
    {
      title: "in words",
      migration: "ALTER TABLE t ADD a timestamp(0) without time zone;",
      says: "Readers of `a` of `t`",
    },
    { title: "a time", migration: "CREATE TABLE t (a time(0));" },
  ],
  silent: [
    {
      title: "a precision",
      migration: "CREATE TABLE t (a timestamptz(3), b timestamp, c interval(0));",
    },
  ],
});
