import { BUILTIN_TYPES } from "./builtin-types.ts";
import type { ObjectName } from "./name.ts";
import { sameName } from "./object-map.ts";
import type { Schema } from "./schema.ts";
import type { TypeReference } from "./type-reference.ts";

/**
 * A type reference with the schema of a type that the migrations made. PostgreSQL's own types and
 * those of extensions have none.
 */
export function resolvedType(schema: Schema, type: TypeReference): TypeReference {
  if (type.schema === "pg_catalog") return withName(type, { schema: undefined, name: type.name });
  if (type.schema === undefined && BUILTIN_TYPES.has(type.name)) return type;
  const found = schema.typeName(type);
  if (found === undefined || found.schema === type.schema) return type;
  return withName(type, { schema: found.schema, name: type.name });
}

/** Replaces the type's name where the reference names this type. */
export function movedType(type: TypeReference, from: ObjectName, to: ObjectName): TypeReference {
  if (type.schema === undefined || type.name !== from.name || !sameName(type, from)) return type;
  return withName(type, { schema: to.schema, name: to.name });
}

/** What PostgreSQL tells overloads apart by. */
export function signatureOf(parameters: readonly TypeReference[]): string {
  return parameters.map(typeKey).join(",");
}

function typeKey({ schema, name, arrayDimensions }: TypeReference): string {
  const qualified = schema === undefined || schema === "public" ? name : `${schema}.${name}`;
  return arrayDimensions > 0 ? `${qualified}[]` : qualified;
}

function withName(
  type: TypeReference,
  { schema, name }: { readonly schema: string | undefined; readonly name: string },
): TypeReference {
  const { modifiers, arrayDimensions, serial } = type;
  return {
    ...(schema === undefined ? {} : { schema }),
    name,
    modifiers,
    arrayDimensions,
    serial,
    // The parser seeks the text only when somebody asks for it.
    get text() {
      return type.text;
    },
  };
}
