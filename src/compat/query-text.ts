import { Lexer } from "../parser/lexer.ts";

/** Statements that a server prepares (https://www.postgresql.org/docs/current/sql-prepare.html). */
const PREPARABLE = /^(?:select|insert|update|delete|merge|with|values|table)\b/i;

/**
 * A statement with its parameters as `$1`, `$2` …: those of drivers, `?`, `:name`, `@name` and
 * `%(name)s`, and sqlc's `sqlc.arg(name)` are written so, the same name as the same number.
 * Undefined for a statement that no server prepares.
 */
export function preparable(statement: string): string | undefined {
  const text = withoutLeadingComments(statement);
  if (!PREPARABLE.test(text)) return undefined;
  const calls = text.replaceAll(/\bsqlc\.(?:n?arg|slice)\(\s*'?(\w+)'?\s*\)/gi, "@$1");
  return /\$\d/.test(calls) ? calls : numbered(calls);
}

function numbered(text: string): string {
  const names = new Map<string, number>();
  let count = 0;
  const numberOf = (name: string | undefined): number => {
    const known = name === undefined ? undefined : names.get(name);
    if (known !== undefined) return known;
    count += 1;
    if (name !== undefined) names.set(name, count);
    return count;
  };
  let result = "";
  let offset = 0;
  for (const { start, end, name } of placeholdersOf(text)) {
    result += `${text.slice(offset, start)}$${numberOf(name)}`;
    offset = end;
  }
  return result + text.slice(offset);
}

interface Placeholder {
  readonly start: number;
  readonly end: number;
  readonly name?: string;
}

/** Placeholders outside of quotes and comments; a cast, `::text`, is none. */
function placeholdersOf(text: string): Placeholder[] {
  const found: Placeholder[] = [];
  const lexer = new Lexer(text);
  let previous = "";
  for (let kind = lexer.next(); kind !== "end"; kind = lexer.next()) {
    const token = text.slice(lexer.start, lexer.end);
    if (kind === "symbol" && lexer.start >= (found.at(-1)?.end ?? 0)) {
      const placeholder = placeholderAt(text, lexer.start, previous);
      if (placeholder !== undefined) found.push(placeholder);
    }
    previous = token;
  }
  return found;
}

function placeholderAt(text: string, start: number, previous: string): Placeholder | undefined {
  const rest = text.slice(start, start + 200);
  const python = /^%\((\w+)\)s/.exec(rest) ?? /^%s\b/.exec(rest);
  if (python !== null) return named(start, python);
  const word = /^[:@]([A-Za-z_]\w*)/.exec(rest);
  // `a::text`, `a @> b`, `x[1:n]` are no parameters.
  if (word !== null && previous !== ":" && !/[\w"\])]$/.test(text.slice(start - 1, start))) {
    return named(start, word);
  }
  // `?` is an operator of jsonb as well, which drivers have people write as `??`.
  const question = /^\?(?![?|&])/.exec(rest);
  return question !== null &&
    previous !== "?" &&
    /[(,=<>]\s*$|\b(?:limit|offset|in|like|ilike|values|and|or|between|set)\s*$/i.test(
      text.slice(0, start),
    )
    ? named(start, question)
    : undefined;
}

function named(start: number, match: RegExpExecArray): Placeholder {
  const name = match[1];
  return { start, end: start + match[0].length, ...(name === undefined ? {} : { name }) };
}

function withoutLeadingComments(text: string): string {
  const lexer = new Lexer(text);
  for (let kind = lexer.next(); kind !== "end"; kind = lexer.next()) {
    if (kind !== "line-comment" && kind !== "block-comment") return text.slice(lexer.start);
  }
  return "";
}
