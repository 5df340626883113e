import { statementText } from "../core/statement.ts";
import type { ScriptRun } from "./script-run.ts";

/** Statements that change what the catalogs hold, and nothing of the session that sends them. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  "AlterEnumStmt",
  "AlterOwnerStmt",
  "AlterTableStmt",
  "CommentStmt",
  "CreateEnumStmt",
  "CreateSchemaStmt",
  "CreateStmt",
  "DropStmt",
  "GrantStmt",
  "IndexStmt",
  "RenameStmt",
  "ViewStmt",
]);

/** Statements that bring code, which then runs inside of others: a default, a trigger, an index's expression. */
const BRINGING_CODE: ReadonlySet<string> = new Set([
  "CreateEventTrigStmt",
  "CreateExtensionStmt",
  "CreateFunctionStmt",
  "DoStmt",
]);

/** Whether a script may leave functions behind that statements of later scripts run. */
export function bringsCode({ script }: ScriptRun): boolean {
  return (
    script.unparsed.length > 0 || script.statements.some(({ kind }) => BRINGING_CODE.has(kind))
  );
}

/**
 * Whether a session is certainly as new after a script that ran through: no setting, role, temporary
 * table, cursor, lock or sequence's last value of it stays. Holds where no code of a project's own
 * can run inside of the statements.
 */
export function leavesNoTrace({ script, source }: ScriptRun): boolean {
  return (
    script.unparsed.length === 0 &&
    source.substitutions === undefined &&
    !/temp/i.test(source.text) &&
    script.statements.every(
      (statement) =>
        statement.isStep === true ||
        (WITHOUT_EFFECT.has(statement.kind) && !callsForRows(statementText(script, statement))),
    )
  );
}

/** A new column's default is called for the rows that are there. */
function callsForRows(statement: string): boolean {
  return (
    /^alter/i.test(statement) && /serial|identity|nextval|set_config|advisory/i.test(statement)
  );
}
