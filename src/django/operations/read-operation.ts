import { lastPart, type PythonValue } from "../python/value.ts";
import type { CustomFields } from "../state/field-state.ts";
import { Uncompilable } from "../state/uncompilable.ts";
import {
  addConstraint,
  addConstraintNotValid,
  alterConstraint,
  removeConstraint,
  validateConstraint,
} from "./constraints.ts";
import {
  addFieldOperation,
  alterFieldOperation,
  removeFieldOperation,
  renameFieldOperation,
} from "./fields.ts";
import { addIndex, removeIndex, renameIndex } from "./indexes.ts";
import {
  alterIndexTogetherOperation,
  alterModelManagers,
  alterModelOptions,
  alterModelTable,
  alterModelTableComment,
  alterOrderWithRespectTo,
  alterUniqueTogetherOperation,
} from "./model-options.ts";
import { createModelOperation, deleteModelOperation, renameModelOperation } from "./models.ts";
import { Arguments, nothing, type Operation, unchanged } from "./operation.ts";
import { createCollation, createExtension, removeCollation } from "./postgres.ts";
import { runSql } from "./run-sql.ts";
import { runPython, type SchemaSteps } from "./run-python.ts";
import { type ReadOperation, separateDatabaseAndState } from "./state-operations.ts";

interface OperationType {
  /** The names of the positional arguments. */
  readonly arguments: readonly string[];
  readonly read: (args: Arguments, inner: ReadOperation) => Operation;
}

function type(
  names: string,
  read: (args: Arguments, inner: ReadOperation) => Operation,
): OperationType {
  return { arguments: names.split(" "), read };
}

function extension(name: string): OperationType {
  return { arguments: [], read: () => createExtension(name) };
}

/** Operations that change nothing of the tables. */
const SILENT: OperationType = {
  arguments: [],
  read: () => ({ change: unchanged, forwards: nothing, backwards: nothing }),
};

const RUN_PYTHON = type("code reverse_code atomic hints elidable", (args) => runPython(args));

/** Django's operations (https://docs.djangoproject.com/en/stable/ref/migration-operations/) and those of contrib.postgres. */
const OPERATIONS: Readonly<Record<string, OperationType>> = {
  CreateModel: type("name fields options bases managers", createModelOperation),
  DeleteModel: type("name", deleteModelOperation),
  RenameModel: type("old_name new_name", renameModelOperation),
  AlterModelTable: type("name table", alterModelTable),
  AlterModelTableComment: type("name table_comment", alterModelTableComment),
  AlterUniqueTogether: type("name unique_together", alterUniqueTogetherOperation),
  AlterIndexTogether: type("name index_together", alterIndexTogetherOperation),
  AlterOrderWithRespectTo: type("name order_with_respect_to", alterOrderWithRespectTo),
  AlterModelOptions: type("name options", alterModelOptions),
  AlterModelManagers: type("name managers", alterModelManagers),
  AddField: type("model_name name field preserve_default", addFieldOperation),
  RemoveField: type("model_name name field", removeFieldOperation),
  AlterField: type("model_name name field preserve_default", alterFieldOperation),
  RenameField: type("model_name old_name new_name", renameFieldOperation),
  AddIndex: type("model_name index", addIndex(false)),
  RemoveIndex: type("model_name name", removeIndex(false)),
  RenameIndex: type("model_name new_name old_name old_fields", renameIndex),
  AddConstraint: type("model_name constraint", addConstraint),
  RemoveConstraint: type("model_name name", removeConstraint),
  AlterConstraint: type("model_name name constraint", alterConstraint),
  RunSQL: type("sql reverse_sql state_operations hints elidable", runSql),
  RunPython: RUN_PYTHON,
  SeparateDatabaseAndState: type("database_operations state_operations", separateDatabaseAndState),
  AddIndexConcurrently: type("model_name index", addIndex(true)),
  RemoveIndexConcurrently: type("model_name name", removeIndex(true)),
  AddConstraintNotValid: type("model_name constraint", addConstraintNotValid),
  ValidateConstraint: type("model_name name", validateConstraint),
  CreateCollation: type("name locale", createCollation),
  RemoveCollation: type("name locale", removeCollation),
  CreateExtension: type("name", (args) => createExtension(args.text("name"))),
  BloomExtension: extension("bloom"),
  BtreeGinExtension: extension("btree_gin"),
  BtreeGistExtension: extension("btree_gist"),
  CITextExtension: extension("citext"),
  CryptoExtension: extension("pgcrypto"),
  HStoreExtension: extension("hstore"),
  TrigramExtension: extension("pg_trgm"),
  UnaccentExtension: extension("unaccent"),
};

/** Operations of others' that change nothing of the tables, by their full names. */
const SILENT_OPERATIONS = new Set([
  "django_migration_linter.IgnoreMigration",
  "django_migration_linter.operations.IgnoreMigration",
]);

/** What reading an operation needs from around it. */
export interface OperationContext {
  readonly customFields: CustomFields;
  /** What a function of its file does to the schema. */
  readonly schemaSteps?: SchemaSteps;
  /** Notes what could not be read inside of another operation. */
  readonly unknown: (error: Uncompilable) => void;
}

/** Reads an operation from the call that makes it. Throws Uncompilable for one that is not known. */
export function readOperation(value: PythonValue, context: OperationContext): Operation {
  if (value.kind !== "call") {
    throw new Uncompilable(value.kind === "unknown" ? value.reason : "the operation", value.span);
  }
  const found = operationType(value.callee);
  if (found === undefined) throw new Uncompilable(`the operation ${value.callee}`, value.span);
  if (!value.complete) throw new Uncompilable("the arguments of the operation", value.span);
  const args = new Arguments(value, found.arguments, context.customFields);
  const inner = (one: PythonValue): Operation => readInner(one, context);
  return found === RUN_PYTHON ? runPython(args, context.schemaSteps) : found.read(args, inner);
}

/** One that stands inside of another and is not known changes nothing; its neighbours do. */
function readInner(value: PythonValue, context: OperationContext): Operation {
  try {
    return readOperation(value, context);
  } catch (error) {
    if (!(error instanceof Uncompilable)) throw error;
    context.unknown(error);
    return { change: unchanged, forwards: nothing, backwards: nothing };
  }
}

function operationType(callee: string): OperationType | undefined {
  if (SILENT_OPERATIONS.has(callee)) return SILENT;
  return callee.startsWith("django.") ? OPERATIONS[lastPart(callee)] : undefined;
}
