import type { ObjectName } from "./name.ts";
import { sameName } from "./object-map.ts";
import type { Schema } from "./schema.ts";
import type { TypeReference } from "./type-reference.ts";

/**
 * A type reference with the schema of a type that the migrations made. PostgreSQL's own types and
 * those of extensions have none.
 */
export function resolvedType(schema: Schema, type: TypeReference): TypeReference {
  if (type.schema === "pg_catalog") return withSchema(type, undefined);
  const found = schema.typeName(type);
  if (found === undefined || found.schema === type.schema) return type;
  return withSchema(type, found.schema);
}

/** Replaces the type's name where the reference names this type. */
export function movedType(type: TypeReference, from: ObjectName, to: ObjectName): TypeReference {
  if (type.schema === undefined || type.name !== from.name || !sameName(type, from)) return type;
  return withSchema({ ...type, name: to.name }, to.schema);
}

/** What PostgreSQL tells overloads apart by. */
export function signatureOf(parameters: readonly TypeReference[]): string {
  return parameters.map(typeKey).join(",");
}

function typeKey({ schema, name, arrayDimensions }: TypeReference): string {
  const qualified = schema === undefined || schema === "public" ? name : `${schema}.${name}`;
  return arrayDimensions > 0 ? `${qualified}[]` : qualified;
}

function withSchema(type: TypeReference, schema: string | undefined): TypeReference {
  const { name, modifiers, arrayDimensions, serial, text } = type;
  const rest = { name, modifiers, arrayDimensions, serial, text };
  return schema === undefined ? rest : { schema, ...rest };
}
