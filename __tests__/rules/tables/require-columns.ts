import { testRule } from "../rule-table.ts";

const asked = { options: { columns: "tenant_id, created_at" } };

testRule("require-columns", {
  fires: [
    {
      ...asked,
      title: "one of two",
      migration: 'CREATE TABLE s."T" (created_at date);',
      severity: "warning",
      says: 'expects `tenant_id` in every table fails with `s."T"`',
    },
    { ...asked, title: "both", migration: "CREATE TABLE t ();", says: "`tenant_id`, `created_at`" },
    {
      ...asked,
      title: "taken away again",
      migration: "CREATE TABLE t (tenant_id int, created_at date); ALTER TABLE t DROP created_at;",
    },
  ],
  silent: [
    { title: "none is required", migration: "CREATE TABLE t ();" },
    {
      ...asked,
      title: "added afterwards",
      migration: "CREATE TABLE t (tenant_id int); ALTER TABLE t ADD created_at date;",
    },
    { ...asked, title: "a temporary table", migration: "CREATE TEMP TABLE t ();" },
    {
      ...asked,
      title: "an old table",
      before: ["CREATE TABLE t ();"],
      migration: "ALTER TABLE t ADD a int;",
    },
  ],
});
