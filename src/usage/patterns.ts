import type { ObjectName } from "../core/name.ts";

/** Words behind which SQL names a table. */
const BEFORE_TABLE = String.raw`(?:from|join|into|update|table|references|truncate|only|copy)`;
/** What object mappers call a table by, before its name in quotes. */
const MAPPED_BY = String.raw`(?:\w*table\w*|@@map|from|into|knex|db|entity|relation|model)`;
const OPEN = "[\"'`\\[]";
const CLOSE = "[\"'`\\]]";

/** Where SQL text, or an object mapper, names a table. */
export function tablePattern({ schema, name }: ObjectName): RegExp {
  const qualifier =
    schema === undefined ? String.raw`(?:\w+\.|"\w+"\.)?` : `(?:"?${escaped(schema)}"?\\.)?`;
  const word = escaped(name);
  const inSql = `\\b${BEFORE_TABLE}\\s+${qualifier}${OPEN}?${word}(?![\\w$])`;
  const inMapper = `${MAPPED_BY}["']?\\s*[(:=,]?\\s*(?:name\\s*[:=]\\s*)?${OPEN}${qualifier}${word}${CLOSE}`;
  return new RegExp(`${inSql}|${inMapper}`, flags(name));
}

/** Where a file that names the table names a column of it: in quotes, behind a dot, as a key, or among the words of SQL. */
export function columnPattern(column: string): RegExp {
  const word = escaped(column);
  const inQuotes = `${OPEN}${word}${CLOSE}`;
  const behindDot = `\\.${word}(?![\\w$])`;
  const inSql = `\\b(?:select|where|and|or|set|by|on|returning|values|insert)\\b[^;\\n]*?(?<![\\w$])${word}(?![\\w$])`;
  const inList = `^[\\s("'\`]*${word}\\s*(?:,|=|:)`;
  const property = camelCase(column);
  const inCode = property === column ? "" : `|(?<![\\w$])${escaped(property)}(?![\\w$])`;
  return new RegExp(`${inQuotes}|${behindDot}|${inSql}|${inList}${inCode}`, flags(column));
}

/** `customer_id` as an object mapper calls it in code. */
function camelCase(column: string): string {
  return column.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** PostgreSQL folds what is not quoted: a name in lower case may be written in any. */
function flags(name: string): string {
  return name === name.toLowerCase() ? "im" : "m";
}

export function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
