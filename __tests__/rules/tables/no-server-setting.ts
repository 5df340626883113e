import { testRule } from "../rule-table.ts";

testRule("no-server-setting", {
  fires: [
    {
      title: "ALTER SYSTEM",
      migration: "ALTER SYSTEM SET max_connections = 500;",
      severity: "warning",
      says: "another `max_connections`",
    },
    { title: "ALTER SYSTEM RESET", migration: "ALTER SYSTEM RESET ALL;", says: "`all`" },
    {
      title: "BYPASSRLS among others",
      migration: 'ALTER ROLE "App" LOGIN BYPASSRLS;',
      says: 'logs in as `"App"` passes by every policy or privilege (BYPASSRLS)',
    },
    {
      title: "a setting of a role in one database",
      migration: "ALTER ROLE app IN DATABASE d SET statement_timeout = '5s';",
      severity: "info",
      says: "another `statement_timeout`",
    },
    {
      title: "a setting of a database",
      migration: "ALTER DATABASE d SET timezone TO 'UTC';",
      severity: "info",
    },
  ],
  silent: [
    { title: "a plain role", migration: "CREATE ROLE app LOGIN NOSUPERUSER CREATEDB;" },
    { title: "NOSUPERUSER", migration: "ALTER ROLE app NOSUPERUSER;" },
    { title: "the session's setting", migration: "SET work_mem = '1GB';" },
    { title: "a function's setting", migration: "ALTER FUNCTION f() SET search_path = '';" },
    { title: "a database's owner", migration: "ALTER DATABASE d OWNER TO app;" },
  ],
});
