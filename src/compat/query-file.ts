import type { ReleaseQuery } from "../core/release-query.ts";
import { LineTable } from "../core/span.ts";
import { splitStatements } from "../parser/split.ts";
import { preparable } from "./query-text.ts";

/** `-- name: GetAuthor :one`, as sqlc, PugSQL, aiosql and HugSQL name a query. */
const NAME = /--[ \t]*:?name[: \t][ \t]*([\w.$?!-]+)/gi;

/** The queries of a file of SQL: each statement that a server prepares, by the name in the comment above it or by its place. Never throws. */
export function queriesOfFile(path: string, text: string): ReleaseQuery[] {
  const lines = new LineTable(text);
  let offset = 0;
  return splitStatements(text).flatMap(({ kind, start, end }) => {
    const above = text.slice(offset, end);
    offset = end;
    const sql = kind === "sql" ? preparable(text.slice(start, end)) : undefined;
    if (sql === undefined) return [];
    const { line } = lines.place({ start, end });
    const name = [...above.matchAll(NAME)].at(-1)?.[1] ?? `line ${line}`;
    return [{ name, path, line, sql }];
  });
}
