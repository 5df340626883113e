import type { Caution, DatabaseError, Verification } from "../../core/verification.ts";
import type { MigrationResult } from "../verify-migration.ts";
import type { RowSnapshot } from "./row-snapshot.ts";
import type { RowLevel } from "./row-supply.ts";

/** A step that stopped on rows of this kind. */
export interface RowFailure {
  readonly step: "up" | "down";
  readonly level: RowLevel;
  readonly result: MigrationResult;
  /** The rows before it, where they were read. */
  readonly rows?: RowSnapshot;
}

/** What came of a migration on rows. */
export interface RowsVerified extends MigrationResult {
  /** The up can be applied, if only where there are no rows. */
  readonly isApplied: boolean;
}

/**
 * Errors that speak of the values of rows: data exceptions, constraints, what a script itself raises,
 * and values too long for an index. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const ABOUT_ROWS = /^(?:2[123]|P0001|54000)/;
/**
 * Errors that speak of the schema, the statement or the session, whatever the rows. A syntax error is
 * none of them: types such as ltree report a value that they cannot read as one.
 */
const ABOUT_SCHEMA = /^(?:42(?!601)|0A|25|2B|3F|55|57|58)/;
const NOT_NULL_VIOLATION = "23502";

/**
 * The step that stopped on rows of this kind and may pass on poorer ones. A down that stops on plain
 * rows stops in production too; an up may still ask for what only production's rows have.
 */
export function stepToRepeat(
  { verification: { up, down } }: MigrationResult,
  level: RowLevel,
): "up" | "down" | undefined {
  const mayPass = up.error?.code !== undefined && !ABOUT_SCHEMA.test(up.error.code);
  if (mayPass && level !== "none") return "up";
  return isAboutRows(down.error) && level === "varied" ? "down" : undefined;
}

function isAboutRows(error: DatabaseError | undefined): boolean {
  return ABOUT_ROWS.test(error?.code ?? "");
}

/** Whether the column that an error names was there before, with NULL in a row. */
function wasNull(rows: RowSnapshot | undefined, { message }: DatabaseError): boolean {
  const named = (name: string): boolean => message.includes(`"${name}"`);
  return [...(rows?.tables.values() ?? [])].some(
    (table) =>
      named(table.name) &&
      table.columns.some(
        (column, place) => named(column.name) && table.rows.some((row) => row[place] === null),
      ),
  );
}

/** What came of an up that misses a value on plain rows, in a column of its own. */
function failureOnAnyRow(failures: readonly RowFailure[]): Verification | undefined {
  const plain = failures.find(({ level }) => level === "plain");
  if (plain === undefined) return undefined;
  const { verification } = plain.result;
  const { error } = verification.up;
  if (error?.code !== NOT_NULL_VIOLATION || wasNull(plain.rows, error)) return undefined;
  const hinted = { hint: "It passes only where the table is empty.", ...error };
  return { ...verification, up: { ...verification.up, error: hinted } };
}

/**
 * What is said of a migration whose up stopped on some rows, and what it came to in the end. Plain
 * rows have a value in every column that no trigger empties: what misses one there is a column that the
 * up adds, and that fails on any row. Everything else depends on what production holds.
 */
export function resolveRows(failures: readonly RowFailure[], last: MigrationResult): RowsVerified {
  const { up, down } = last.verification;
  if (up.outcome !== "passed") return { ...last, isApplied: false };
  const [first] = failures;
  if (first === undefined) return { ...last, isApplied: true };
  const verification = failureOnAnyRow(failures);
  if (verification !== undefined) return { ...last, verification, isApplied: true };
  // A down that stops on any rows is told as that.
  if (first.step === "down" && down.verdict === "fails") return { ...last, isApplied: true };
  const { error } = first.result.verification[first.step];
  const caution: Caution = {
    step: first.step,
    on: "varied",
    rows: [],
    ...(error === undefined ? {} : { error }),
  };
  const cautions = [caution, ...(last.verification.cautions ?? [])];
  return { ...last, verification: { ...last.verification, cautions }, isApplied: true };
}
