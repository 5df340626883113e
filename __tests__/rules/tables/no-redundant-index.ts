import { testRule } from "../rule-table.ts";

const T = "CREATE TABLE t (a int, b int, c text, PRIMARY KEY (a, b)); CREATE INDEX t_c ON t (c);";

testRule("no-redundant-index", {
  fires: [
    {
      title: "the same column",
      before: [T],
      migration: "CREATE INDEX i ON t (c);",
      says: "`t_c` already indexes `c` of `t`",
      severity: "warning",
      table: "t",
    },
    {
      title: "the columns of a primary key",
      before: [T],
      migration: "CREATE INDEX i ON public.t (a, b);",
      says: "`t_pkey` already indexes `a`, `b`",
    },
    {
      title: "the first column of a primary key",
      before: [T],
      migration: "CREATE INDEX i ON t (a);",
      says: "`t_pkey` begins with `a` of `t`",
      severity: "info",
    },
    {
      title: "on a new table",
      migration: `${T} CREATE INDEX i ON t (c);`,
    },
    {
      title: "a column twice",
      before: [T],
      migration: "CREATE INDEX i ON t (c, b, c);",
      says: "has `c` twice",
    },
  ],
  silent: [
    { title: "another column", before: [T], migration: "CREATE INDEX i ON t (b);" },
    { title: "another order of columns", before: [T], migration: "CREATE INDEX i ON t (b, a);" },
    { title: "a unique index", before: [T], migration: "CREATE UNIQUE INDEX i ON t (c);" },
    { title: "a partial index", before: [T], migration: "CREATE INDEX i ON t (c) WHERE a > 0;" },
    {
      title: "beside a partial index",
      before: ["CREATE TABLE t (c int); CREATE INDEX j ON t (c) WHERE c > 0;"],
      migration: "CREATE INDEX i ON t (c);",
    },
    { title: "an expression", before: [T], migration: "CREATE INDEX i ON t (lower(c));" },
    { title: "another method", before: [T], migration: "CREATE INDEX i ON t USING hash (c);" },
    {
      title: "another operator class",
      before: [T],
      migration: "CREATE INDEX i ON t (c text_pattern_ops);",
    },
    { title: "a descending order", before: [T], migration: "CREATE INDEX i ON t (c DESC);" },
    { title: "INCLUDE", before: [T], migration: "CREATE INDEX i ON t (c) INCLUDE (a);" },
    {
      title: "in place of the old one",
      before: [T],
      migration: "CREATE INDEX i ON t (c); DROP INDEX t_c;",
    },
    {
      title: "in place of the old one, in the next migration",
      before: [T],
      migration: "CREATE INDEX i ON t (c);\n---\nDROP INDEX t_c;",
    },
    {
      title: "IF NOT EXISTS of the same index",
      before: [T],
      migration: "CREATE INDEX IF NOT EXISTS t_c ON t (c);",
    },
  ],
});
