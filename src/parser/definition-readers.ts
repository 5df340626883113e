import { readAlterTable } from "./read-alter-table.ts";
import { readAlterDomain, readCreateDomain } from "./read-domain.ts";
import { readDrop } from "./read-drop.ts";
import { readCreateFunction } from "./read-function.ts";
import { readCreateIndex, readReindex } from "./read-index.ts";
import {
  readAlterPolicy,
  readComment,
  readCreateExtension,
  readCreatePolicy,
  readCreateRule,
  readCreateTrigger,
  readOwner,
  readSetSchema,
} from "./read-object.ts";
import { readRename } from "./read-rename.ts";
import { readCreateSchema } from "./read-schema.ts";
import { readAlterSequence, readCreateSequence } from "./read-sequence.ts";
import { readCreateForeignTable, readCreateTable, readTruncate } from "./read-table.ts";
import {
  readAlterBaseType,
  readAlterEnum,
  readCreateComposite,
  readCreateEnum,
  readCreateRange,
} from "./read-type.ts";
import { readCreateTableAs, readCreateView, readRefresh } from "./read-view.ts";
import type { StatementReaders } from "./statement-readers.ts";

/** Statements that define what the replay follows. */
export const DEFINITION_READERS: StatementReaders = {
  AlterDomainStmt: readAlterDomain,
  AlterEnumStmt: readAlterEnum,
  AlterObjectSchemaStmt: readSetSchema,
  AlterOwnerStmt: readOwner,
  AlterPolicyStmt: readAlterPolicy,
  AlterSeqStmt: readAlterSequence,
  AlterTableStmt: readAlterTable,
  AlterTypeStmt: readAlterBaseType,
  CommentStmt: readComment,
  CompositeTypeStmt: readCreateComposite,
  CreateDomainStmt: readCreateDomain,
  CreateEnumStmt: readCreateEnum,
  CreateExtensionStmt: readCreateExtension,
  CreateForeignTableStmt: readCreateForeignTable,
  CreateFunctionStmt: readCreateFunction,
  CreatePolicyStmt: readCreatePolicy,
  CreateRangeStmt: readCreateRange,
  CreateSchemaStmt: readCreateSchema,
  CreateSeqStmt: readCreateSequence,
  CreateStmt: readCreateTable,
  CreateTableAsStmt: readCreateTableAs,
  CreateTrigStmt: readCreateTrigger,
  DropStmt: readDrop,
  IndexStmt: readCreateIndex,
  RefreshMatViewStmt: readRefresh,
  ReindexStmt: readReindex,
  RenameStmt: readRename,
  RuleStmt: readCreateRule,
  TruncateStmt: readTruncate,
  ViewStmt: readCreateView,
};
