import type { FixProposal, NextMigration } from "../fix.ts";
import type { KeyConstraint } from "../operations/constraint.ts";
import type { AddConstraint } from "../operations/table.ts";
import type { RuleContext } from "../rule-context.ts";
import { sqlIdentifier, sqlName } from "../sql-name.ts";
import { fileWords } from "./not-valid.ts";
import { isAlone, isOneOfSeveral, laterOperations, takenOut } from "./taken-out.ts";

/** PRIMARY KEY or UNIQUE of plain columns, without storage parameters, a tablespace or WITHOUT OVERLAPS. */
const PLAIN =
  /^(?:constraint\s+(?:"(?:[^"]|"")+"|\w+)\s+)?(?:primary\s+key|unique(?:\s+nulls\s+(?:not\s+)?distinct)?)\s*\([^()]*\)(?:\s+include\s*\([^()]*\))?(?:\s+(?:not\s+)?deferrable)?(?:\s+initially\s+(?:immediate|deferred))?$/i;

/**
 * PRIMARY KEY and UNIQUE in two migrations: the index, built with CONCURRENTLY, and the constraint
 * USING INDEX, which builds nothing. Not on a partitioned table, which has neither
 * (https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX).
 */
export function proposeUsingIndex(
  operation: AddConstraint,
  constraint: KeyConstraint,
  context: RuleContext,
): FixProposal | undefined {
  const name = isSplittable(operation, constraint, context)
    ? context.chosenName(operation)
    : undefined;
  if (name === undefined) return undefined;

  const title =
    "Build its index with CONCURRENTLY, and add it USING INDEX in a migration of its own";
  const index = indexOf(operation, constraint, name);
  const add = addition(operation, constraint, { name, context });
  if (context.operations.length === 1) {
    const edits = [{ span: context.statement(), text: index }];
    return { title, edits, alone: true, changesDown: true, next: [add] };
  }
  const edit = takenOut(context);
  if (edit === undefined || isAlone(context) || isNeededBefore(context)) return undefined;
  const build: NextMigration = {
    name: fileWords(`create_${name}`),
    up: `${index};\n`,
    down: { sql: `DROP INDEX CONCURRENTLY ${sqlName({ ...operation.table, name })};\n` },
    alone: true,
  };
  return { title, edits: [edit], changesDown: true, next: [build, add] };
}

/** A plain key of a table whose rows are in one place, which nothing but the index keeps waiting. */
function isSplittable(
  { table, inside }: AddConstraint,
  constraint: KeyConstraint,
  context: RuleContext,
): boolean {
  const known = context.table(table);
  if (inside !== undefined || known === undefined || known.partitionBy !== undefined) return false;
  if (isOneOfSeveral(context) || !PLAIN.test(context.textOf(constraint))) return false;
  const isProven = constraint.columns.every((column) => context.provenNotNull(table, column));
  return constraint.kind === "unique" || isProven;
}

function indexOf({ table }: AddConstraint, constraint: KeyConstraint, name: string): string {
  const include = constraint.include.length === 0 ? "" : ` INCLUDE (${list(constraint.include)})`;
  const nulls = constraint.nullsNotDistinct ? " NULLS NOT DISTINCT" : "";
  return `CREATE UNIQUE INDEX CONCURRENTLY ${sqlIdentifier(name)} ON ${sqlName(table)} (${list(constraint.columns)})${include}${nulls}`;
}

function list(columns: readonly string[]): string {
  return columns.map(sqlIdentifier).join(", ");
}

function addition(
  { table }: AddConstraint,
  { kind, deferrable, initiallyDeferred }: KeyConstraint,
  { name, context }: { readonly name: string; readonly context: RuleContext },
): NextMigration {
  const set = context.inTransaction() ? "SET LOCAL" : "SET";
  const key = kind === "primary-key" ? "PRIMARY KEY" : "UNIQUE";
  const deferred = `${deferrable ? " DEFERRABLE" : ""}${initiallyDeferred ? " INITIALLY DEFERRED" : ""}`;
  const id = sqlIdentifier(name);
  return {
    name: fileWords(`add_${name}`),
    up: `${set} lock_timeout = '5s';\nALTER TABLE ${sqlName(table)} ADD CONSTRAINT ${id} ${key} USING INDEX ${id}${deferred};\n`,
    down: {
      irreversible: "dropping the constraint drops the index of the migration before with it",
    },
  };
}

/** Foreign keys and ON CONFLICT rest on the key: only settings and indexes may come before it is there. */
function isNeededBefore(context: RuleContext): boolean {
  return [...laterOperations(context), ...context.laterMigrations()].some(
    ({ kind }) => !["create-index", "drop-index", "set-setting"].includes(kind),
  );
}
