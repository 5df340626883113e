import type { Schema } from "./schema.ts";

/** PostgreSQL's NAMEDATALEN less the closing zero: names are cut to so many bytes. */
const NAME_BYTES = 63;

const ENCODER = new TextEncoder();

/**
 * A name made of two parts and a label, cut to 63 bytes by shortening the longer part, as
 * PostgreSQL's makeObjectName does it
 * (https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/commands/indexcmds.c).
 */
export function generatedName(first: string, second: string | undefined, label: string): string {
  const overhead = byteLength(label) + 1 + (second === undefined ? 0 : 1);
  const available = NAME_BYTES - overhead;
  let firstBytes = byteLength(first);
  let secondBytes = second === undefined ? 0 : byteLength(second);
  while (firstBytes + secondBytes > available) {
    if (firstBytes > secondBytes) firstBytes -= 1;
    else secondBytes -= 1;
  }
  const parts = [clip(first, firstBytes), label];
  if (second !== undefined) parts.splice(1, 0, clip(second, secondBytes));
  return parts.join("_");
}

/** A free name for an index or sequence; `constraint`: for the index of one, whose name must be free as well. */
export function relationName(
  schema: Schema,
  namespace: string,
  [first, second, label]: readonly [string, string | undefined, string],
  constraint = false,
): string {
  return firstFree([first, second, label], (name) => {
    if (schema.hasRelation({ schema: namespace, name })) return true;
    return constraint && schema.hasConstraint(namespace, name);
  });
}

/** A free name for a constraint without an index. Names are taken in the whole schema, and by `others` of the same statement. */
export function constraintName(
  schema: Schema,
  namespace: string,
  [first, second, label]: readonly [string, string | undefined, string],
  others: readonly string[] = [],
): string {
  return firstFree(
    [first, second, label],
    (name) => others.includes(name) || schema.hasConstraint(namespace, name),
  );
}

/** Column names joined for the second part of a generated name; PostgreSQL stops at 64 bytes. */
export function joinedColumns(columns: readonly string[]): string {
  let joined = "";
  for (const column of columns) {
    joined += joined === "" ? column : `_${column}`;
    if (byteLength(joined) > NAME_BYTES) break;
  }
  return joined;
}

function firstFree(
  [first, second, label]: readonly [string, string | undefined, string],
  taken: (name: string) => boolean,
): string {
  for (let pass = 0; ; pass += 1) {
    const name = generatedName(first, second, pass === 0 ? label : `${label}${pass}`);
    if (!taken(name)) return name;
  }
}

function byteLength(text: string): number {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > 127) return ENCODER.encode(text).length;
  }
  return text.length;
}

/** Cuts to so many bytes of UTF-8 without splitting a character. */
function clip(text: string, bytes: number): string {
  if (byteLength(text) <= bytes) return text;
  let kept = "";
  let length = 0;
  for (const character of text) {
    length += byteLength(character);
    if (length > bytes) break;
    kept += character;
  }
  return kept;
}
