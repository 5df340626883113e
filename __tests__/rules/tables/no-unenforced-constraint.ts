import { testRule } from "../rule-table.ts";

const T =
  "CREATE TABLE t (id int PRIMARY KEY, a int, CONSTRAINT t_a FOREIGN KEY (a) REFERENCES t);";

testRule("no-unenforced-constraint", {
  fires: [
    {
      title: "ADD CONSTRAINT",
      before: [T],
      migration: "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT ENFORCED;",
      says: "`c` of `t` holds no row to anything",
      severity: "warning",
    },
    {
      title: "CREATE TABLE",
      migration: "CREATE TABLE u (\n  a int CHECK (a > 0) NOT ENFORCED\n);",
      line: 2,
    },
    {
      title: "ALTER CONSTRAINT",
      before: [T],
      migration: "ALTER TABLE t ALTER CONSTRAINT t_a NOT ENFORCED;",
    },
  ],
  silent: [
    {
      title: "NOT VALID",
      before: [T],
      migration: "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;",
    },
    { title: "ENFORCED", before: [T], migration: "ALTER TABLE t ALTER CONSTRAINT t_a ENFORCED;" },
    {
      title: "another change",
      before: [T],
      migration: "ALTER TABLE t ALTER CONSTRAINT t_a DEFERRABLE;",
    },
  ],
});
