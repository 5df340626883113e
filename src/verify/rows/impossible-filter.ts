const NAME = String.raw`(?:"(?:[^"]|"")+"|[a-zA-Z_][\w$]*)`;
const ONLY_NULL = new RegExp(
  String.raw`\bWHERE\s+(?:${NAME}\.)?(${NAME})\s+IS\s+NULL\s*;?\s*$`,
  "i",
);

/** Whether a statement picks nothing but rows that are NULL in a column that never is. */
export function isImpossible(sql: string, required: ReadonlySet<string>): boolean {
  const name = ONLY_NULL.exec(sql)?.[1];
  if (name === undefined) return false;
  const stored = name.startsWith('"')
    ? name.slice(1, -1).replaceAll('""', '"')
    : name.toLowerCase();
  return required.has(stored);
}
