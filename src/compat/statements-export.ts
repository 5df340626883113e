import type { ReleaseQuery } from "../core/release-query.ts";
import { UserError } from "../core/user-error.ts";
import { preparable } from "./query-text.ts";

/** More statements than this are not tried. */
const MOST_STATEMENTS = 5000;

/**
 * The statements of an export of pg_stat_statements: a JSON array of texts, or of objects with the
 * text in `query`, as `SELECT json_agg(query) FROM pg_stat_statements` gives it. Throws UserError for
 * anything else. https://www.postgresql.org/docs/current/pgstatstatements.html
 */
export function queriesOfExport(path: string, text: string): ReleaseQuery[] {
  const entries = parsed(path, text);
  const queries = entries.flatMap((entry, index) => {
    const query = typeof entry === "string" ? entry : queryOf(entry);
    const sql = query === undefined ? undefined : preparable(query);
    return sql === undefined ? [] : [{ name: `statement ${index + 1}`, path, line: 1, sql }];
  });
  return queries.slice(0, MOST_STATEMENTS);
}

function parsed(path: string, text: string): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (Array.isArray(value)) return value;
  throw new UserError(`${path} is no JSON array of statements.`, {
    hint: "Make it with: SELECT json_agg(query) FROM pg_stat_statements",
  });
}

function queryOf(entry: unknown): string | undefined {
  if (typeof entry !== "object" || entry === null || !("query" in entry)) return undefined;
  return typeof entry.query === "string" ? entry.query : undefined;
}
