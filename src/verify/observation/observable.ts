import type { OperationKind } from "../../core/operation.ts";
import type { Statement } from "../../core/statement.ts";

// Statements of which nothing is to be seen, and after some of which no query may come before the
// next statement (SET TRANSACTION).
const UNSEEN = new Set<OperationKind>([
  "set-setting",
  "session-statement",
  "begin",
  "commit",
  "rollback",
  "savepoint",
  "release-savepoint",
  "rollback-to-savepoint",
  "prepare-transaction",
  "commit-prepared",
  "rollback-prepared",
]);

/** Whether the locks of a statement can be looked at after it, within its transaction. */
export function canBeObserved({ operations }: Statement): boolean {
  return operations.length > 0 && !operations.every(({ kind }) => UNSEEN.has(kind));
}

// By PostgreSQL's name of the node. Left out are those that refuse a transaction block or end it.
const TRANSACTIONAL = new Set([
  "AlterDomainStmt",
  "AlterEnumStmt",
  "AlterObjectSchemaStmt",
  "AlterPolicyStmt",
  "AlterSeqStmt",
  "AlterTableStmt",
  "CommentStmt",
  "CreatePolicyStmt",
  "CreateSeqStmt",
  "CreateStmt",
  "CreateTableAsStmt",
  "CreateTrigStmt",
  "DeleteStmt",
  "DropStmt",
  "IndexStmt",
  "InsertStmt",
  "MergeStmt",
  "RenameStmt",
  "RuleStmt",
  "TruncateStmt",
  "UpdateStmt",
  "ViewStmt",
]);

/** Whether a statement does by itself what it does between BEGIN and COMMIT, where it can be observed. */
export function isSameInTransaction({ kind, operations }: Statement): boolean {
  return (
    TRANSACTIONAL.has(kind) &&
    !operations.some((operation) => "concurrently" in operation && operation.concurrently)
  );
}

const ROW_STATEMENTS = new Set([
  "DeleteStmt",
  "InsertStmt",
  "MergeStmt",
  "SelectStmt",
  "UpdateStmt",
]);

/** Whether a statement reads or writes rows: of many such, one locks what the one before it did. */
export function isRowStatement({ kind }: Statement): boolean {
  return ROW_STATEMENTS.has(kind);
}
