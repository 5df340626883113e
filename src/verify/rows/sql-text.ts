/** The number of a row, in queries that make some. */
export const ROW = "migrate_verify_row";

/** An identifier as SQL takes it, whatever is in it. */
export function quoteIdentifier(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

/** A text as SQL takes it, whatever `standard_conforming_strings` says. */
export function quoteLiteral(text: string): string {
  const quoted = text.replaceAll("'", "''");
  return text.includes("\\") ? `E'${quoted.replaceAll("\\", "\\\\")}'` : `'${quoted}'`;
}

/** A table with its schema. */
export function tableText({
  schema,
  name,
}: {
  readonly schema: string;
  readonly name: string;
}): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}
