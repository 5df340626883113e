import { testRule } from "../rule-table.ts";

const BEFORE = ["CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;"];

testRule("no-broad-grant", {
  fires: [
    {
      title: "a new table too: it stays",
      migration: "CREATE TABLE t (a int); GRANT ALL ON TABLE t TO PUBLIC;",
      severity: "warning",
      says: "gets every privilege on `t`",
    },
    {
      title: "several privileges on a quoted name",
      before: ['CREATE TABLE s."T" (a int);'],
      migration: 'GRANT SELECT, UPDATE ON s."T" TO app, PUBLIC;',
      says: 'gets SELECT and UPDATE on `s."T"`',
    },
    {
      title: "every table of a schema",
      migration: "GRANT SELECT ON ALL TABLES IN SCHEMA s TO public;",
      says: "gets SELECT on every table of the schema `s`",
    },
    {
      title: "tables that are made later",
      migration: "ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO PUBLIC;",
      says: "on objects that are made later",
    },
    {
      title: "CREATE on a schema",
      migration: "GRANT CREATE ON SCHEMA public TO PUBLIC;",
      says: "gets CREATE on the schema `public`",
    },
    {
      title: "a role that can be handed on",
      migration: "GRANT admin TO app WITH ADMIN OPTION;",
      says: "logs in as app can hand this on",
    },
    { title: "writing through a view", before: BEFORE, migration: "GRANT ALL ON v TO PUBLIC;" },
  ],
  silent: [
    { title: "a role", before: BEFORE, migration: "GRANT ALL ON t TO app;" },
    { title: "a view to read", before: BEFORE, migration: "GRANT SELECT ON v TO PUBLIC;" },
    {
      title: "what PUBLIC has anyway",
      migration: "GRANT EXECUTE ON FUNCTION f() TO PUBLIC; GRANT USAGE ON SCHEMA s TO PUBLIC;",
    },
    {
      title: "what PUBLIC has of every function anyway",
      migration: "GRANT ALL ON ALL FUNCTIONS IN SCHEMA s TO PUBLIC;",
    },
    { title: "REVOKE", before: BEFORE, migration: "REVOKE ALL ON t FROM PUBLIC;" },
    { title: 'a role named "Public"', before: BEFORE, migration: 'GRANT ALL ON t TO "Public";' },
  ],
});
