import { createHash } from "node:crypto";

/** The longest name that PostgreSQL keeps: in characters for Django, in bytes for the server. */
const LONGEST = 63;

/** The beginning of the MD5 digest of some names: what makes Django's generated names unique. */
function digest(length: number, names: readonly string[]): string {
  const hash = createHash("md5");
  for (const name of names) hash.update(name);
  return hash.digest("hex").slice(0, length);
}

/** `"schema"."table"` as `[schema, table]`; a plain table has the schema `""`. */
export function splitIdentifier(identifier: string): readonly [string, string] {
  const parts = identifier.split('"."');
  const [schema, table] = parts.map((part) => part.replaceAll('"', ""));
  if (schema === undefined || table === undefined) return ["", schema ?? ""];
  return [schema, table];
}

/** A table's name as Django cuts it: one that is too long ends in four digits of its digest. */
export function truncateName(identifier: string): string {
  const [schema, name] = splitIdentifier(identifier);
  if (name.length <= LONGEST) return identifier;
  const cut = name.slice(0, LONGEST - 4) + digest(4, [name]);
  return schema === "" ? cut : `${schema}"."${cut}`;
}

/** An identifier in quotes, unless it has them already (a `db_table` with its schema). */
export function quoteName(name: string): string {
  return name.startsWith('"') && name.endsWith('"') ? name : `"${name}"`;
}

/** A name without its quotes. */
export function stripQuotes(name: string): string {
  return name.startsWith('"') && name.endsWith('"') ? name.slice(1, -1) : name;
}

/** The name that Django gives to an index or a constraint without one. */
export function indexName(table: string, columns: readonly string[], suffix = ""): string {
  const [, tableName] = splitIdentifier(table);
  let hashed = digest(8, [tableName, ...columns]) + suffix;
  const joined = columns.join("_");
  const name = `${tableName}_${joined}_${hashed}`;
  if (name.length <= LONGEST) return name;
  if (hashed.length > LONGEST / 3) hashed = hashed.slice(0, Math.floor(LONGEST / 3));
  const rest = Math.floor((LONGEST - hashed.length) / 2) - 1;
  const short = `${tableName.slice(0, rest)}_${joined.slice(0, rest)}_${hashed}`;
  return /^[_\d]/.test(short) ? `D${short.slice(0, -1)}` : short;
}

/** The name that Index gives itself where CreateModel's options leave it out. */
export function modelIndexName(
  table: string,
  columns: readonly { readonly column: string; readonly descending: boolean }[],
  suffix: string,
): string {
  const [, tableName] = splitIdentifier(table);
  const ordered = columns.map(({ column, descending }) => (descending ? `-${column}` : column));
  const hash = digest(6, [tableName, ...ordered, suffix]);
  const name = `${tableName.slice(0, 11)}_${(columns[0]?.column ?? "").slice(0, 7)}_${hash}_${suffix}`;
  return /^[_\d]/.test(name) ? `D${name.slice(1)}` : name;
}

/**
 * The name that PostgreSQL gives to a constraint or sequence without one: table and column are
 * shortened byte by byte, the longer first
 * (makeObjectName in https://github.com/postgres/postgres/blob/master/src/backend/commands/indexcmds.c).
 */
export function serverName(table: string, column: string, label: string): string {
  const [tableBytes, columnBytes] = [Buffer.from(table), Buffer.from(column)];
  let [first, second] = [tableBytes.length, columnBytes.length];
  const room = LONGEST - label.length - 1 - (second === 0 ? 0 : 1);
  while (first + second > room) {
    if (first > second) first -= 1;
    else second -= 1;
  }
  const parts = [tableBytes.subarray(0, first), columnBytes.subarray(0, second)]
    .map(String)
    .filter((part) => part !== "");
  return [...parts, label].join("_");
}

/** A name as PostgreSQL keeps it: cut to 63 bytes, between two characters. */
export function cutName(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST) return name;
  let cut = name.slice(0, LONGEST);
  while (Buffer.byteLength(cut) > LONGEST) cut = cut.slice(0, -1);
  return cut;
}
