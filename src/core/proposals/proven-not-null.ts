import type { FixProposal } from "../fix.ts";
import { generatedName } from "../generated-name.ts";
import type { SetNotNull } from "../operations/column.ts";
import type { RuleContext } from "../rule-context.ts";
import { sqlIdentifier, sqlName } from "../sql-name.ts";
import { fileWords, validation } from "./not-valid.ts";

/**
 * SET NOT NULL in three migrations: a CHECK that new rows have to pass, its validation, and SET NOT
 * NULL, which then trusts the CHECK and reads no row
 * (https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL).
 */
export function proposeProvenNotNull(
  { table, column, span, inside }: SetNotNull,
  context: RuleContext,
): FixProposal | undefined {
  if (inside !== undefined || context.table(table)?.partitionBy !== undefined) return undefined;
  const check = generatedName(table.name, column, "present");
  if (context.constraint(table, check) !== undefined) return undefined;
  const alter = `ALTER TABLE ${sqlName(table)}`;
  const [name, required] = [sqlIdentifier(check), sqlIdentifier(column)];
  const set = context.inTransaction() ? "SET LOCAL" : "SET";
  return {
    title: "Prove that the column holds no NULL first, in migrations of their own",
    edits: [{ span, text: `ADD CONSTRAINT ${name} CHECK (${required} IS NOT NULL) NOT VALID` }],
    changesDown: true,
    next: [
      validation(table, check),
      {
        name: fileWords(`set_${table.name}_${column}_not_null`),
        up: `${set} lock_timeout = '5s';\n${alter} ALTER COLUMN ${required} SET NOT NULL;\n${alter} DROP CONSTRAINT ${name};\n`,
        down: {
          sql: `${alter} ALTER COLUMN ${required} DROP NOT NULL;\n${alter} ADD CONSTRAINT ${name} CHECK (${required} IS NOT NULL);\n`,
        },
      },
    ],
  };
}
