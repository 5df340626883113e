/**
 * The name of a database object as PostgreSQL stores it: an unquoted name is already folded to
 * lower case. No `schema` means that the statement left it to the search path.
 */
export interface ObjectName {
  readonly schema?: string;
  readonly name: string;
}

/** The schema that a name without one belongs to, as long as nothing sets another search path. */
export const DEFAULT_SCHEMA = "public";

/** One string for one object: `public.t` and `t` give the same key. */
export function nameKey(name: ObjectName): string {
  return `${name.schema ?? DEFAULT_SCHEMA}\0${name.name}`;
}

const PLAIN_IDENTIFIER = /^[a-z_][a-z0-9_$]*$/;

/** A name as a person would write it: quoted only where PostgreSQL needs it, `public.` left out. */
export function displayName(name: ObjectName): string {
  const schema = name.schema;
  if (schema === undefined || schema === DEFAULT_SCHEMA) return displayIdentifier(name.name);
  return `${displayIdentifier(schema)}.${displayIdentifier(name.name)}`;
}

/** One identifier as a person would write it in SQL. */
export function displayIdentifier(identifier: string): string {
  return PLAIN_IDENTIFIER.test(identifier) ? identifier : `"${identifier.replaceAll('"', '""')}"`;
}
