import type { Operation } from "../../core/operation.ts";
import type { ReleaseQuery } from "../../core/release-query.ts";
import { placeIn } from "../../core/statement.ts";
import type { BrokenQuery, DatabaseError } from "../../core/verification.ts";
import type { ScriptRun } from "../script-run.ts";
import type { Refused } from "./release-check.ts";

/** The queries that ran before an up and that its schema refuses, each at the statement that broke it. */
export function brokenQueries(
  queries: readonly ReleaseQuery[],
  { before, after }: { readonly before: Refused; readonly after: Refused },
  up: ScriptRun,
): BrokenQuery[] {
  return [...after]
    .filter(([index]) => !before.has(index))
    .flatMap(([index, error]) => {
      const query = queries[index];
      if (query === undefined) return [];
      const { name, path, line, sql } = query;
      const brokenAt = lineThatBroke(error, up);
      return [{ name, path, line, sql, error, ...(brokenAt === undefined ? {} : { brokenAt }) }];
    });
}

/**
 * The 1-based line of the operation that names what the error is about. PostgreSQL puts the name in
 * quotes (https://www.postgresql.org/docs/current/error-style-guide.html); undefined where none does.
 */
function lineThatBroke(
  { code, message }: DatabaseError,
  { script }: ScriptRun,
): number | undefined {
  const names = [
    ...[...message.matchAll(/"([^"]+)"/g)].map(([, name]) => name ?? ""),
    // `column t.note does not exist` has none.
    ...[...message.matchAll(/column (?:\S+\.)?(\S+) does not exist/g)].map(
      ([, name]) => name ?? "",
    ),
  ];
  const operations = script.statements.flatMap((statement) => statement.operations);
  // What is gone went at once; what is asked for more (class 23) may have been made before.
  const inOrder = code?.startsWith("23") === true ? operations.toReversed() : operations;
  const about = (name: string): Operation | undefined =>
    inOrder.find((operation) => namesOf(operation).includes(name.replace(/^.*\./, "")));
  const operation = names.map(about).find((found) => found !== undefined);
  return operation === undefined ? undefined : placeIn(script, operation.span).line;
}

/** What an operation names: the column or constraint before the table that it is of. */
function namesOf(operation: Operation): string[] {
  const parts = [
    ...("column" in operation ? [operation.column] : []),
    ...("constraint" in operation ? [operation.constraint] : []),
    ...(operation.kind === "drop-table" || operation.kind === "rename-table"
      ? [operation.table]
      : []),
    ...(operation.kind === "drop-view" || operation.kind === "rename-view" ? [operation.view] : []),
  ];
  return parts.flatMap((part) => {
    if (typeof part === "string") return part;
    return typeof part === "object" && "name" in part ? (part.name ?? []) : [];
  });
}
