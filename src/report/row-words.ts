import type {
  Caution,
  IdleStatement,
  LossCause,
  Survival,
  TableFate,
  TableRows,
} from "../core/verification.ts";
import { grouped } from "./grouped.ts";
import { untrustedLine } from "./untrusted.ts";

/** What of a migration depends on the rows that it meets, a sentence. */
export function cautionWords({ step, on, error, rows }: Caution): string {
  if (on === "varied") {
    return step === "up"
      ? "Up stops on some rows: see whether production holds such before it runs there"
      : "Down stops on some rows that are there before up";
  }
  if (error !== undefined) return "Down stops on rows that a new release writes after up";
  const lost = rows.some((one) => (one.lost ?? 0) > 0);
  return `Down ${lost ? "removes rows" : "changes values"} that a new release writes after up`;
}

/** What of a statement was not seen, because it picked no row, a sentence; the name in it is untrusted. */
export function idleWords({ command, table, rows }: IdleStatement): string {
  const none = command === "INSERT" ? "took none of" : "changed none of";
  return `This ${command} ${none} the ${rowCount(rows)} of ${table}: what it does to rows that match was not seen`;
}

/** The rows and values that up takes away, in a few words each; names in them are untrusted. */
export function lossesOf(survival: Survival | undefined): string[] {
  return (survival?.fates ?? []).flatMap(lossesOfTable);
}

function lossesOfTable({ table, before, lost, columns, cause }: TableFate): string[] {
  const values = columns
    .filter(({ fate }) => fate === "lost")
    .map(
      ({ column, rows, cause: own }) =>
        `${table}.${column} with ${grouped(rows)} ${rows === 1 ? "value" : "values"}${causeWords(own)}`,
    );
  if (lost === 0) return values;
  return [`${grouped(lost)} of ${rowCount(before)} of ${table}${causeWords(cause)}`, ...values];
}

/** Where it was taken away, to follow what: `, line 3, through the foreign key orders_customer_id_fkey`. */
function causeWords(cause: LossCause | undefined): string {
  if (cause === undefined) return "";
  const { line, foreignKey } = cause;
  const way = foreignKey === undefined ? "" : `, through the foreign key ${foreignKey}`;
  return `, line ${line}${way}`;
}

function rowCount(count: number): string {
  return `${grouped(count)} ${count === 1 ? "row" : "rows"}`;
}

/** What became of the rows of one table; names and keys in it are untrusted. */
export function rowsWords(rows: TableRows): string {
  const { table, before, after, lost = 0, added = 0, examples = [], cause } = rows;
  const values = valueWords(rows);
  const keys = examples.length === 0 ? "" : ` (${examples.join("; ")})`;
  if (before === after && lost + added === 0 && values !== "") {
    return `${table} has ${values}${directionWords(cause)}${keys}`;
  }
  const counts =
    before === after
      ? `${table} has other rows than before: ${grouped(lost)} of ${grouped(before)} are gone`
      : `${table} had ${rowCount(before)} and has ${grouped(after)}`;
  return `${counts}${directionWords(cause)}${values === "" ? "" : `, and ${values}`}${keys}`;
}

/** The columns of other values, those of one cause together: `other values in name, because of up, line 3, and in age`. */
function valueWords({ changedColumns = [], valueCauses = [] }: TableRows): string {
  if (changedColumns.length === 0) return "";
  const known = new Set(valueCauses.flatMap(({ columns }) => columns));
  const rest = changedColumns.filter((column) => !known.has(column));
  const groups = [
    ...valueCauses.map((one) => `in ${one.columns.join(", ")}${directionWords(one)}`),
    ...(rest.length === 0 ? [] : [`in ${rest.join(", ")}`]),
  ];
  return `other values ${groups.join(", and ")}`;
}

function directionWords(cause: TableRows["cause"]): string {
  if (cause === undefined) return "";
  const { direction, andDown } = cause;
  const down = andDown === undefined ? "" : `, and of down${causeWords(andDown)}`;
  return `, because of ${direction}${causeWords(cause)}${down}`;
}

/** What a down does not bring back, a line for each table; names in it are untrusted and on one line. */
export function lossWords(rows: readonly TableRows[]): string[] {
  return rows.map((one) => untrustedLine(rowsWords({ ...one, examples: [] })));
}
