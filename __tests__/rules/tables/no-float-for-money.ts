import { testRule } from "../rule-table.ts";

testRule("no-float-for-money", {
  fires: [
    {
      title: "a name with capitals",
      migration: 'ALTER TABLE t ADD "totalAmount" real;',
      says: '`"totalAmount"` of `t`',
      confidence: "medium",
    },
    { title: "the plural", migration: "CREATE TABLE t (fees float);" },
  ],
  silent: [
    { title: "another name", migration: "CREATE TABLE t (coffee real, ratio float8);" },
    { title: "numeric", migration: "CREATE TABLE t (price numeric);" },
  ],
});
