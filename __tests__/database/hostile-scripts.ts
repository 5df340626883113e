import type { Outcome } from "../../src/core/verification.ts";

/** A migration that wants what it may not have, and what becomes of it on a server. */
export interface HostileScript {
  readonly what: string;
  readonly sql: string;
  readonly outcome: Outcome;
  /** SQLSTATE, where it fails with one. */
  readonly code?: string;
  /** The same on servers up to 14, where it is another one. */
  readonly codeUpTo14?: string;
  readonly says?: RegExp;
  /** Each statement by itself. */
  readonly autocommit?: true;
}

const DENIED = { outcome: "not-run", says: /more rights/ } as const;
const SLOW = { outcome: "failed", says: /ran past the limit/ } as const;

const CATCHING = `BEGIN PERFORM pg_catalog.pg_sleep(60); EXCEPTION WHEN OTHERS OR query_canceled THEN NULL; END;`;

/** None of these works: what they ask for is refused, ended or bounded. */
export const HOSTILE: readonly HostileScript[] = [
  // Programs and files
  { what: "runs a program", sql: "COPY kept TO PROGRAM 'touch /tmp/hostile-mark-1'", ...DENIED },
  { what: "reads from a program", sql: "COPY kept FROM PROGRAM 'id'", ...DENIED },
  { what: "writes a file", sql: "COPY (SELECT 1) TO '/tmp/hostile-mark-2'", ...DENIED },
  { what: "reads a file", sql: "COPY kept FROM '/etc/passwd'", ...DENIED },
  { what: "reads a file by a function", sql: "SELECT pg_read_file('/etc/passwd')", ...DENIED },
  {
    what: "reads a file as bytes",
    sql: "SELECT pg_read_binary_file('/proc/self/environ')",
    ...DENIED,
  },
  { what: "lists a folder", sql: "SELECT pg_ls_dir('/')", ...DENIED },
  { what: "asks for a file's size", sql: "SELECT pg_stat_file('/etc/passwd')", ...DENIED },
  { what: "imports a file", sql: "SELECT lo_import('/etc/passwd')", ...DENIED },
  {
    what: "exports a large object",
    sql: "SELECT lo_export(lo_from_bytea(0, 'x'), '/tmp/hostile-mark-3')",
    ...DENIED,
  },
  {
    what: "makes a tablespace",
    sql: "CREATE TABLESPACE t LOCATION '/tmp'",
    autocommit: true,
    ...DENIED,
  },
  { what: "loads a library", sql: "LOAD '/tmp/hostile.so'", ...DENIED },
  {
    what: "makes a function of a library",
    sql: "CREATE FUNCTION f() RETURNS int LANGUAGE c AS '/tmp/hostile.so', 'f'",
    ...DENIED,
  },
  {
    what: "makes an internal function",
    sql: "CREATE FUNCTION f(text) RETURNS text LANGUAGE internal AS 'pg_read_file_all'",
    ...DENIED,
  },
  {
    what: "makes an untrusted extension",
    sql: "CREATE EXTENSION file_fdw",
    outcome: "passed",
    says: /file_fdw was left out/,
  },
  { what: "makes a wrapper of foreign data", sql: "CREATE FOREIGN DATA WRAPPER w", ...DENIED },
  {
    what: "reads a file as an external entity",
    sql: `DO $$ BEGIN
      IF xmlparse(document '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>')::text LIKE '%root:%'
      THEN RAISE 'it was read'; END IF; END $$`,
    outcome: "passed",
  },
  // Privileges
  { what: "makes a superuser", sql: "CREATE ROLE r SUPERUSER", ...DENIED },
  { what: "makes itself a superuser", sql: "ALTER ROLE CURRENT_USER SUPERUSER", ...DENIED },
  { what: "becomes the superuser", sql: "SET ROLE migrate_verify", ...DENIED },
  {
    what: "logs in as the superuser",
    sql: "SET SESSION AUTHORIZATION migrate_verify",
    ...DENIED,
  },
  { what: "becomes the role that makes roles", sql: "SET ROLE migrate_verify_tracer", ...DENIED },
  {
    what: "takes the right to run programs",
    sql: "GRANT pg_execute_server_program TO CURRENT_USER",
    ...DENIED,
  },
  {
    what: "changes the server's settings",
    sql: "ALTER SYSTEM SET fsync = on",
    autocommit: true,
    ...DENIED,
  },
  { what: "lifts the limit of temporary files", sql: "SET temp_file_limit = -1", ...DENIED },
  { what: "reads passwords", sql: "SELECT * FROM pg_authid", ...DENIED },
  {
    what: "changes a catalog",
    sql: "UPDATE pg_class SET relname = 'x'",
    // It leaves no object behind: it is left out, and what follows is verified.
    outcome: "passed",
    says: /left out, because they need a superuser/,
  },
  {
    what: "sees every statement",
    sql: "CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    ...DENIED,
  },
  {
    what: "makes a subscription",
    sql: "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1' PUBLICATION p",
    autocommit: true,
    ...DENIED,
  },
  // Time
  { what: "never ends", sql: "DO $$ BEGIN LOOP END LOOP; END $$", ...SLOW },
  {
    what: "catches its cancellation",
    sql: `DO $$ BEGIN LOOP ${CATCHING} END LOOP; END $$`,
    ...SLOW,
  },
  {
    what: "takes its own time limit and catches it",
    sql: `SET statement_timeout = 50; DO $$ BEGIN LOOP ${CATCHING} END LOOP; END $$`,
    ...SLOW,
  },
  { what: "sleeps", sql: "SELECT pg_sleep(600)", ...SLOW },
  { what: "counts", sql: "SELECT count(*) FROM generate_series(1, 1000000000000)", ...SLOW },
  {
    what: "waits for itself",
    sql: "WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT 1 FROM r) SELECT count(*) FROM r",
    ...SLOW,
  },
  // Memory and disk
  {
    what: "asks for a gigabyte",
    sql: "SELECT repeat('x', 1100000000)",
    outcome: "failed",
    code: "54000",
    // The function looks at the length itself from 15 on; before, only the allocator does.
    codeUpTo14: "XX000",
  },
  {
    what: "recurses without end",
    sql: "CREATE FUNCTION deep(n int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN deep(n + 1); END'; SELECT deep(1)",
    outcome: "failed",
    code: "54001",
  },
  {
    what: "sorts more than the disk may hold",
    sql: "SELECT count(*) FROM (SELECT repeat('x', 5000) || i AS t FROM generate_series(1, 400000) AS i ORDER BY 1) AS s",
    outcome: "failed",
  },
  // Output
  {
    what: "answers sixty megabytes",
    sql: "SELECT repeat('x', 10000000) FROM generate_series(1, 6)",
    outcome: "passed",
  },
  {
    what: "raises ten thousand notices",
    sql: "DO $$ BEGIN FOR i IN 1..10000 LOOP RAISE NOTICE '%', repeat('x', 100); END LOOP; END $$",
    outcome: "passed",
  },
  {
    what: "fails with twenty megabytes",
    sql: "DO $$ BEGIN RAISE EXCEPTION '%', repeat('x', 20000000); END $$",
    outcome: "failed",
    code: "P0001",
  },
  // The session, and those beside it
  {
    what: "ends its own session",
    sql: "SELECT pg_terminate_backend(pg_backend_pid())",
    outcome: "failed",
    code: "57P01",
  },
  {
    what: "ends every session that it may",
    sql: "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = current_user; ALTER TABLE kept ADD a int",
    outcome: "passed",
    says: /sessions beside it/,
  },
  {
    what: "keeps others from connecting",
    sql: "ALTER DATABASE work CONNECTION LIMIT 0; ALTER ROLE CURRENT_USER CONNECTION LIMIT 0; ALTER TABLE kept ADD a int",
    outcome: "not-run",
  },
  {
    what: "poisons the next session",
    sql: "ALTER DATABASE work SET search_path = evil; ALTER DATABASE work SET default_transaction_read_only = on",
    outcome: "passed",
  },
  {
    what: "shadows the catalog",
    sql: `CREATE FUNCTION public.pg_backend_pid() RETURNS int LANGUAGE plpgsql AS 'BEGIN RAISE ''shadow''; END';
      CREATE TABLE public.pg_class (x int); SET search_path = public, pg_catalog; ALTER TABLE kept ADD a int`,
    outcome: "passed",
  },
  {
    what: "leaves its role and settings behind",
    sql: "SET statement_timeout = 1; SET lock_timeout = 1; SET role none; SET default_transaction_read_only = on",
    outcome: "passed",
  },
  {
    what: "asks for what a COPY brings",
    sql: "COPY kept FROM STDIN",
    outcome: "failed",
    code: "57014",
  },
  {
    what: "names itself to write to a report",
    sql: 'CREATE TABLE "</details>::error::@everyone\u202e" (id int); SELECT 1 / 0',
    outcome: "failed",
    code: "22012",
  },
];
