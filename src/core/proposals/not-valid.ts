import type { Edit, FixProposal, NextMigration } from "../fix.ts";
import type { ObjectName } from "../name.ts";
import type { AddConstraint } from "../operations/table.ts";
import type { RuleContext } from "../rule-context.ts";
import { sqlIdentifier, sqlName } from "../sql-name.ts";

/**
 * A constraint with NOT VALID, and its validation in a migration of its own, under the name that
 * PostgreSQL would choose where it has none. Not on a partitioned table, which refuses a foreign key
 * with NOT VALID before PostgreSQL 18, and not inside a DO block.
 */
export function proposeNotValid(
  operation: AddConstraint,
  context: RuleContext,
): FixProposal | undefined {
  const { table, span, inside } = operation;
  if (inside !== undefined || context.table(table)?.partitionBy !== undefined) return undefined;
  const name = context.chosenName(operation);
  const naming = name === undefined ? undefined : namingEdits(operation, name, context);
  if (name === undefined || naming === undefined) return undefined;
  return {
    title: "Add it with NOT VALID, and validate it in a migration of its own",
    edits: [...naming, { span: { start: span.end, end: span.end }, text: " NOT VALID" }],
    next: [validation(table, name)],
  };
}

/** What gives a constraint its name in the text; undefined where the text is not as expected. */
function namingEdits(
  { constraint }: AddConstraint,
  name: string,
  context: RuleContext,
): Edit[] | undefined {
  if (constraint.name !== undefined) return [];
  const { start } = constraint.span;
  if (!/^(?:check|foreign)\b/i.test(context.textOf({ span: constraint.span }))) return undefined;
  return [{ span: { start, end: start }, text: `CONSTRAINT ${sqlIdentifier(name)} ` }];
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
