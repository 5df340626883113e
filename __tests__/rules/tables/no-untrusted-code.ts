import { testRule } from "../rule-table.ts";

testRule("no-untrusted-code", {
  fires: [
    {
      title: "COPY from a program",
      migration: "COPY t FROM PROGRAM 'curl https://example.com';",
      severity: "warning",
      says: "COPY starts a program",
    },
    { title: "COPY to a program", migration: "COPY (SELECT 1) TO PROGRAM 'cat';" },
    { title: "COPY from a file", migration: "COPY t FROM '/tmp/x';", says: "opens a file there" },
    {
      title: "a function in C",
      migration: "CREATE FUNCTION f() RETURNS int LANGUAGE C AS 'lib', 'f';",
      says: "code in c is not confined",
    },
    {
      title: "PL/Python",
      migration: "CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS 'return 1';",
    },
    { title: "a DO block", migration: "DO LANGUAGE plperlu 'system(1);';" },
    { title: "its extension", migration: "CREATE EXTENSION IF NOT EXISTS plpython3u;" },
    { title: "lo_import", migration: "SELECT pg_catalog.lo_import('/etc/passwd');" },
    {
      title: "a call within a block",
      migration: "DO $$ BEGIN PERFORM lo_export(1, '/tmp/x'); END $$;",
    },
    { title: "the down script", migration: "SELECT 1;", down: "COPY t TO '/tmp/x';" },
  ],
  silent: [
    { title: "COPY from the client", migration: "COPY (SELECT 1) TO STDOUT;" },
    {
      title: "a trusted language",
      migration: "CREATE FUNCTION f() RETURNS int LANGUAGE plperl AS 'return 1';",
    },
    { title: "a function of another schema", migration: "SELECT app.lo_import('x');" },
    { title: "an extension that is none", migration: "CREATE EXTENSION pgcrypto;" },
  ],
});
