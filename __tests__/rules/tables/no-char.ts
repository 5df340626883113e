import { testRule } from "../rule-table.ts";

testRule("no-char", {
  fires: [
    {
      title: "char without a length",
      migration: "CREATE TABLE t (a char);",
      says: "padded with blanks",
    },
    { title: "an upper-case type", migration: "ALTER TABLE t ADD a CHARACTER(3);" },
  ],
  silent: [
    { title: "the internal type", migration: 'CREATE TABLE t (a "char");' },
    { title: "varchar", migration: "CREATE TABLE t (a varchar(3));" },
    { title: "bpchar without a length", migration: "CREATE TABLE t (a bpchar);" },
  ],
});
