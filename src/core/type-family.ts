import type { ObjectName } from "./name.ts";
import type { DomainType, EnumType } from "./schema-object.ts";
import type { TypeReference } from "./type-reference.ts";

/** Types among which PostgreSQL compares and assigns without being told how. */
export type TypeFamily =
  "text" | "number" | "boolean" | "uuid" | "json" | "date-time" | "binary" | "enum" | "array";

const FAMILIES: Readonly<Record<string, TypeFamily>> = {
  text: "text",
  varchar: "text",
  bpchar: "text",
  citext: "text",
  int2: "number",
  int4: "number",
  int8: "number",
  numeric: "number",
  float4: "number",
  float8: "number",
  bool: "boolean",
  uuid: "uuid",
  json: "json",
  jsonb: "json",
  date: "date-time",
  timestamp: "date-time",
  timestamptz: "date-time",
  bytea: "binary",
};

interface Types {
  readonly enumType: (type: ObjectName) => EnumType | undefined;
  readonly domain: (type: ObjectName) => DomainType | undefined;
}

/**
 * The family of a type, a domain taken for the type under it; undefined for a type of which this
 * does not tell. Between two different families, `text` as the target left out, pg_cast has no
 * assignment cast, and no operator compares them
 * (https://www.postgresql.org/docs/current/catalog-pg-cast.html).
 */
export function familyOf(type: TypeReference, types: Types): TypeFamily | undefined {
  const base = types.domain(type)?.baseType ?? type;
  if (base.arrayDimensions > 0 || type.arrayDimensions > 0) return "array";
  if (types.enumType(base) !== undefined) return "enum";
  return Object.hasOwn(FAMILIES, base.name) ? FAMILIES[base.name] : undefined;
}
