import { DEFAULT_SCHEMA } from "./name.ts";

/**
 * Words that name nothing unless they are quoted: reserved by PostgreSQL, for functions and types
 * included (https://www.postgresql.org/docs/current/sql-keywords-appendix.html).
 */
const RESERVED = new Set(
  `all analyse analyze and any array as asc asymmetric authorization between binary bigint bit
  boolean both case cast char character check coalesce collate collation column concurrently
  constraint create cross current_catalog current_date current_role current_schema current_time
  current_timestamp current_user dec decimal default deferrable desc distinct do else end except
  exists extract false fetch float for foreign freeze from full grant greatest group grouping having
  ilike in initially inner inout int integer intersect interval into is isnull join lateral leading
  least left like limit localtime localtimestamp merge_action national natural nchar none normalize
  not notnull null nullif numeric offset on only or order out outer overlaps overlay placing position
  precision primary real references returning right row select session_user setof similar smallint
  some substring symmetric system_user table tablesample then time timestamp to trailing treat trim
  true union unique user using values varchar variadic verbose when where window with xmlattributes
  xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable`.split(
    /\s+/,
  ),
);

/** An identifier as SQL takes it wherever a name may stand: quoted unless it is plain and not reserved. */
export function sqlIdentifier(identifier: string): string {
  const isPlain = /^[a-z_][a-z0-9_]*$/.test(identifier) && !RESERVED.has(identifier);
  return isPlain ? identifier : `"${identifier.replaceAll('"', '""')}"`;
}

/** A name as SQL takes it, with its schema where it has one. */
export function sqlName({ schema, name }: { schema?: string; name: string }): string {
  return schema === undefined
    ? sqlIdentifier(name)
    : `${sqlIdentifier(schema)}.${sqlIdentifier(name)}`;
}

/** A name in SQL that a message tells somebody to write: `public.` is left out. */
export function adviceName({ schema, name }: { schema?: string; name: string }): string {
  return sqlName(schema === undefined || schema === DEFAULT_SCHEMA ? { name } : { schema, name });
}
