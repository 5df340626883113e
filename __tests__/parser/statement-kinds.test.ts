import { describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { STATEMENT_READERS } from "../../src/parser/read-statement.ts";
import { parser } from "./brief.ts";

/** Statements of PostgreSQL's grammar that have no operation of their own. */
const UNCLASSIFIED: readonly string[] = [];

/** Nodes that are named like statements and never are one of a script. */
const PARTS: readonly string[] = [
  "PLAssignStmt", // an assignment in PL/pgSQL
  "RawStmt", // what every statement is wrapped in
  "ReplicaIdentityStmt", // a subcommand of ALTER TABLE
  "ReturnStmt", // in the body of a function
  "SetOperationStmt", // made of a SelectStmt by the analysis
];

/** A statement of each kind. What the other tests write many of is left out. */
const STATEMENTS: Readonly<Record<string, string>> = {
  AlterCollationStmt: "ALTER COLLATION c REFRESH VERSION",
  AlterDatabaseRefreshCollStmt: "ALTER DATABASE d REFRESH COLLATION VERSION",
  AlterDatabaseSetStmt: "ALTER DATABASE d SET work_mem = 1",
  AlterDatabaseStmt: "ALTER DATABASE d CONNECTION LIMIT 5",
  AlterDefaultPrivilegesStmt: "ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM x",
  AlterDomainStmt: "ALTER DOMAIN d DROP DEFAULT",
  AlterEnumStmt: "ALTER TYPE t ADD VALUE 'x'",
  AlterEventTrigStmt: "ALTER EVENT TRIGGER e DISABLE",
  AlterExtensionContentsStmt: "ALTER EXTENSION e ADD TABLE t",
  AlterExtensionStmt: "ALTER EXTENSION e UPDATE",
  AlterFdwStmt: "ALTER FOREIGN DATA WRAPPER f NO HANDLER",
  AlterForeignServerStmt: "ALTER SERVER s VERSION '2'",
  AlterFunctionStmt: "ALTER FUNCTION f(int) STABLE",
  AlterObjectDependsStmt: "ALTER INDEX i DEPENDS ON EXTENSION e",
  AlterObjectSchemaStmt: "ALTER VIEW v SET SCHEMA s",
  AlterOpFamilyStmt: "ALTER OPERATOR FAMILY o USING btree ADD OPERATOR 1 < (int, int)",
  AlterOperatorStmt: "ALTER OPERATOR + (int, int) SET (RESTRICT = NONE)",
  AlterOwnerStmt: "ALTER SCHEMA s OWNER TO x",
  AlterPolicyStmt: "ALTER POLICY p ON t USING (true)",
  AlterPublicationStmt: "ALTER PUBLICATION p ADD TABLE t",
  AlterRoleSetStmt: "ALTER ROLE r SET work_mem = 1",
  AlterRoleStmt: "ALTER ROLE r NOLOGIN",
  AlterSeqStmt: "ALTER SEQUENCE q RESTART",
  AlterStatsStmt: "ALTER STATISTICS s SET STATISTICS 5",
  AlterSubscriptionStmt: "ALTER SUBSCRIPTION s DISABLE",
  AlterSystemStmt: "ALTER SYSTEM SET work_mem = 1",
  AlterTSConfigurationStmt: "ALTER TEXT SEARCH CONFIGURATION c DROP MAPPING FOR word",
  AlterTSDictionaryStmt: "ALTER TEXT SEARCH DICTIONARY d (a = 'b')",
  AlterTableMoveAllStmt: "ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b",
  AlterTableSpaceOptionsStmt: "ALTER TABLESPACE t SET (random_page_cost = 1)",
  AlterTableStmt: "ALTER TABLE t DROP a",
  AlterTypeStmt: "ALTER TYPE t SET (send = x)",
  AlterUserMappingStmt: "ALTER USER MAPPING FOR u SERVER s OPTIONS (a 'b')",
  CallStmt: "CALL p()",
  CheckPointStmt: "CHECKPOINT",
  ClosePortalStmt: "CLOSE c",
  ClusterStmt: "CLUSTER",
  CommentStmt: "COMMENT ON TABLE t IS NULL",
  CompositeTypeStmt: "CREATE TYPE t AS (a int)",
  ConstraintsSetStmt: "SET CONSTRAINTS ALL DEFERRED",
  CopyStmt: "COPY t TO STDOUT",
  CreateAmStmt: "CREATE ACCESS METHOD a TYPE INDEX HANDLER h",
  CreateCastStmt: "CREATE CAST (int AS text) WITHOUT FUNCTION",
  CreateConversionStmt: "CREATE CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM f",
  CreateDomainStmt: "CREATE DOMAIN d AS int",
  CreateEnumStmt: "CREATE TYPE t AS ENUM ()",
  CreateEventTrigStmt: "CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION f()",
  CreateExtensionStmt: "CREATE EXTENSION e",
  CreateFdwStmt: "CREATE FOREIGN DATA WRAPPER f",
  CreateForeignServerStmt: "CREATE SERVER s FOREIGN DATA WRAPPER f",
  CreateForeignTableStmt: "CREATE FOREIGN TABLE t () SERVER s",
  CreateFunctionStmt: "CREATE FUNCTION f() RETURNS int RETURN 1",
  CreateOpClassStmt: "CREATE OPERATOR CLASS o FOR TYPE int USING btree AS OPERATOR 1 <",
  CreateOpFamilyStmt: "CREATE OPERATOR FAMILY o USING btree",
  CreatePLangStmt: "CREATE LANGUAGE l HANDLER h",
  CreatePolicyStmt: "CREATE POLICY p ON t",
  CreatePublicationStmt: "CREATE PUBLICATION p",
  CreateRangeStmt: "CREATE TYPE t AS RANGE (subtype = int)",
  CreateRoleStmt: "CREATE USER u",
  CreateSchemaStmt: "CREATE SCHEMA s",
  CreateSeqStmt: "CREATE SEQUENCE q",
  CreateStatsStmt: "CREATE STATISTICS s ON a, b FROM t",
  CreateStmt: "CREATE TABLE t ()",
  CreateSubscriptionStmt: "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p",
  CreateTableAsStmt: "CREATE TABLE t AS SELECT 1",
  CreateTableSpaceStmt: "CREATE TABLESPACE t LOCATION '/x'",
  CreateTransformStmt: "CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION f(internal))",
  CreateTrigStmt: "CREATE TRIGGER x AFTER INSERT ON t EXECUTE FUNCTION f()",
  CreateUserMappingStmt: "CREATE USER MAPPING FOR u SERVER s",
  CreatedbStmt: "CREATE DATABASE d",
  DeallocateStmt: "DEALLOCATE ALL",
  DeclareCursorStmt: "DECLARE c CURSOR FOR SELECT 1",
  DefineStmt: "CREATE AGGREGATE a (int) (sfunc = f, stype = int)",
  DeleteStmt: "DELETE FROM t",
  DiscardStmt: "DISCARD PLANS",
  DoStmt: "DO $$ BEGIN END $$",
  DropOwnedStmt: "DROP OWNED BY x",
  DropRoleStmt: "DROP ROLE r",
  DropStmt: "DROP TABLE t",
  DropSubscriptionStmt: "DROP SUBSCRIPTION s",
  DropTableSpaceStmt: "DROP TABLESPACE t",
  DropUserMappingStmt: "DROP USER MAPPING FOR u SERVER s",
  DropdbStmt: "DROP DATABASE d",
  ExecuteStmt: "EXECUTE p",
  ExplainStmt: "EXPLAIN SELECT 1",
  FetchStmt: "FETCH NEXT FROM c",
  GrantRoleStmt: "GRANT a TO b",
  GrantStmt: "GRANT SELECT ON t TO x",
  ImportForeignSchemaStmt: "IMPORT FOREIGN SCHEMA a FROM SERVER s INTO b",
  IndexStmt: "CREATE INDEX ON t (a)",
  InsertStmt: "INSERT INTO t DEFAULT VALUES",
  ListenStmt: "LISTEN x",
  LoadStmt: "LOAD 'x'",
  LockStmt: "LOCK t",
  MergeStmt: "MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE",
  NotifyStmt: "NOTIFY x",
  PrepareStmt: "PREPARE p AS SELECT 1",
  ReassignOwnedStmt: "REASSIGN OWNED BY a TO b",
  RefreshMatViewStmt: "REFRESH MATERIALIZED VIEW v",
  ReindexStmt: "REINDEX TABLE t",
  RenameStmt: "ALTER TABLE t RENAME TO u",
  RuleStmt: "CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING",
  SecLabelStmt: "SECURITY LABEL ON TABLE t IS 'x'",
  SelectStmt: "TABLE t",
  TransactionStmt: "BEGIN",
  TruncateStmt: "TRUNCATE t",
  UnlistenStmt: "UNLISTEN *",
  UpdateStmt: "UPDATE t SET a = 1",
  VacuumStmt: "VACUUM",
  VariableSetStmt: "SET a.b = 1",
  VariableShowStmt: "SHOW ALL",
  ViewStmt: "CREATE VIEW v AS SELECT 1",
};

/** Every node of the grammar that is named like a statement, from its declarations. */
function statementNodes(): string[] {
  const types = createRequire(import.meta.url)
    .resolve("@pgsql/types")
    .replace(/index\.js$/, "types.d.ts");
  const names = [...readFileSync(types, "utf8").matchAll(/^export interface (\w+Stmt) /gm)];
  return names.map((match) => match[1] ?? "").filter((name) => !PARTS.includes(name));
}

describe("the grammar's statements", () => {
  it("are all read or listed as unclassified", () => {
    const nodes = statementNodes();
    expect(nodes.length).toBeGreaterThan(110);
    expect(nodes.filter((name) => !(name in STATEMENT_READERS)).toSorted()).toEqual(UNCLASSIFIED);
  });

  it("have an example here each", () => {
    expect(Object.keys(STATEMENTS).toSorted()).toEqual(statementNodes().toSorted());
  });

  it.each(Object.entries(STATEMENTS))("%s: %s", (kind, sql) => {
    const { statements, unparsed } = parser.parse(sql);
    expect(unparsed).toEqual([]);
    expect(statements.map((statement) => statement.kind)).toEqual([kind]);
    const kinds = statements.flatMap(({ operations }) => operations.map((each) => each.kind));
    expect(kinds).not.toEqual([]);
    expect(kinds).not.toContain("unclassified");
  });
});
