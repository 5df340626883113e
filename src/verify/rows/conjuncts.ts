/**
 * The conditions that a condition joins with AND, as PostgreSQL writes it: each of them in parentheses,
 * and all of them once more. Only itself where it joins none.
 */
export function conjuncts(condition: string): readonly string[] {
  const parts = isWrapped(condition) ? splitAtAnd(condition.slice(1, -1)) : [];
  return parts.length < 2 ? [condition] : parts.flatMap((part) => conjuncts(part));
}

// A literal or a quoted name, or one character.
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[^]/g;

function isWrapped(condition: string): boolean {
  let depth = 0;
  for (const { 0: token, index } of condition.matchAll(TOKEN)) {
    if (token === "(") depth += 1;
    if (token === ")") depth -= 1;
    if (depth === 0) return index === condition.length - 1 && token === ")";
  }
  return false;
}

function splitAtAnd(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === "(") depth += 1;
    if (token === ")") depth -= 1;
    if (depth > 0 || !text.startsWith(" AND ", index)) continue;
    parts.push(text.slice(start, index));
    start = index + " AND ".length;
  }
  return [...parts, text.slice(start)];
}
