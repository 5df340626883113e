import { DEFAULT_SCHEMA, nameKey, type ObjectName } from "../core/name.ts";
import { UserError } from "../core/user-error.ts";
import * as z from "zod";

/**
 * The shape of a table statistics file: a table's name, as `orders` or `billing.orders`, and its
 * rows, as a number or beside its bytes.
 */
const schema = z.record(
  z.string(),
  z.union([
    z.number().int().nonnegative(),
    z.strictObject({
      rows: z.number().int().nonnegative(),
      bytes: z.number().int().nonnegative().optional(),
    }),
  ]),
);

/** Reads a table statistics file, and answers how many rows a table has. Throws UserError when it is not one. */
export function parseTableStatistics(
  text: string,
  path: string,
): (table: ObjectName) => number | undefined {
  const parsed = schema.safeParse(readJson(text, path));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw notStatistics(path, `at ${issue?.path.join(".") ?? "its top"}`);
  }
  const rows = new Map<string, number>();
  for (const [name, value] of Object.entries(parsed.data)) {
    const dot = name.indexOf(".");
    const key = nameKey(
      dot === -1
        ? { schema: DEFAULT_SCHEMA, name }
        : { schema: name.slice(0, dot), name: name.slice(dot + 1) },
    );
    rows.set(key, typeof value === "number" ? value : value.rows);
  }
  return (table) => rows.get(nameKey(table));
}

function readJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notStatistics(path, error instanceof SyntaxError ? error.message : String(error));
  }
}

function notStatistics(path: string, what: string): UserError {
  return new UserError(`${path} is not a table statistics file: ${what}.`, {
    hint: 'It holds JSON such as { "orders": 1200000, "billing.invoices": { "rows": 5000 } }.',
  });
}
