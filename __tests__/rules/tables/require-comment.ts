import { testRule } from "../rule-table.ts";

testRule("require-comment", {
  fires: [
    {
      title: "a quoted name",
      migration: 'CREATE TABLE s."T" ();',
      table: 's."T"',
      severity: "info",
    },
    {
      title: "a comment on a column, or on another table",
      migration: "CREATE TABLE t (a int); COMMENT ON COLUMN t.a IS 'x'; COMMENT ON TABLE u IS 'x';",
    },
  ],
  silent: [
    { title: "a comment", migration: "CREATE TABLE t (); COMMENT ON TABLE public.t IS 'x';" },
    {
      title: "a comment of a later migration",
      migration: "CREATE TABLE t ();\n---\nCOMMENT ON TABLE t IS 'x';",
    },
    { title: "a temporary table", migration: "CREATE TEMP TABLE t ();" },
    { title: "a partition", migration: "CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);" },
  ],
});
