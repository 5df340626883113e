import type { FixProposal, NextMigration } from "../fix.ts";
import type { ObjectName } from "../name.ts";
import type { AddConstraint } from "../operations/table.ts";
import type { RuleContext } from "../rule-context.ts";
import { sqlIdentifier, sqlName } from "../sql-name.ts";

/**
 * A constraint with NOT VALID, and its validation in a migration of its own. Only for one that has a
 * name: PostgreSQL would choose it when the statement runs. None on a partitioned table, which
 * refuses a foreign key with NOT VALID before PostgreSQL 18, and none inside a DO block.
 */
export function proposeNotValid(
  operation: AddConstraint,
  context: RuleContext,
): FixProposal | undefined {
  const { table, constraint, span, inside } = operation;
  if (inside !== undefined || constraint.name === undefined) return undefined;
  if (context.table(table)?.partitionBy !== undefined) return undefined;
  return {
    title: "Add it with NOT VALID, and validate it in a migration of its own",
    edits: [{ span: { start: span.end, end: span.end }, text: " NOT VALID" }],
    next: [validation(table, constraint.name)],
  };
}

/** A migration that validates a constraint: it reads the rows while reads and writes go on. */
export function validation(table: ObjectName, constraint: string): NextMigration {
  return {
    name: fileWords(`validate_${constraint}`),
    up: `ALTER TABLE ${sqlName(table)} VALIDATE CONSTRAINT ${sqlIdentifier(constraint)};\n`,
    down: { irreversible: "a validated constraint stays so until it is dropped" },
  };
}

/** A name as part of a file's name. */
export function fileWords(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_|_$/g, "")
    .slice(0, 80);
}
