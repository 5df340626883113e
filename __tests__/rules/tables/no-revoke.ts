import { testRule } from "../rule-table.ts";

testRule("no-revoke", {
  fires: [
    {
      title: "a quoted table",
      before: ['CREATE TABLE s."T" (a int);'],
      migration: 'REVOKE SELECT ON s."T" FROM app, web;',
      severity: "warning",
      says: 'uses `s."T"` as app, web fails',
    },
    { title: "a role", migration: "REVOKE admins FROM app;", says: "uses `admins` as app" },
    {
      title: "default privileges",
      migration: "ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM app;",
      says: "uses the privilege",
    },
  ],
  silent: [
    { title: "a new table", migration: "CREATE TABLE t (a int); REVOKE ALL ON t FROM PUBLIC;" },
    {
      title: "a new function",
      migration:
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE ALL ON FUNCTION public.f() FROM PUBLIC;",
    },
    { title: "GRANT", migration: "GRANT SELECT ON t TO app;" },
  ],
});
