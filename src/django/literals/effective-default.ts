import type { Field } from "../state/field.ts";
import { Uncompilable } from "../state/uncompilable.ts";
import { moment, prepareValue } from "./prepare-value.ts";
import { NULL, type SqlValue } from "./sql-value.ts";

/**
 * What Django fills existing rows with when it adds a column or forbids NULL: the default, `''` for
 * blank text, now for `auto_now`; NULL where there is nothing.
 */
export function effectiveDefault(field: Field): SqlValue {
  const given = field.hasDefault ? field.argument("default") : undefined;
  if (given !== undefined) return prepareValue(field, given);
  if (field.isGenerated) return NULL;
  if (!field.isNull && field.isBlank && field.type.emptyText === true) {
    return field.internalType === "BinaryField"
      ? { kind: "cast", value: String.raw`\x`, type: "bytea" }
      : { kind: "text", value: "" };
  }
  return isSet(field, "auto_now") || isSet(field, "auto_now_add") ? moment(field) : NULL;
}

function isSet(field: Field, name: string): boolean {
  const value = field.argument(name);
  return value?.kind === "boolean" && value.value;
}

/** A value of the field's type that stands for a default which only the project's code knows. */
export function placeholder(field: Field): SqlValue {
  if (field.isRelation) return placeholder(field.target);
  const type = field.databaseType ?? "";
  if (type.endsWith("]")) return { kind: "text", value: "{}" };
  const known = PLACEHOLDERS.find(([pattern]) => pattern.test(type));
  if (known !== undefined) return known[1] ?? moment(field);
  throw new Uncompilable(`the default of ${field.name}`, field.state.span);
}

const PLACEHOLDERS: readonly (readonly [RegExp, SqlValue | undefined])[] = [
  [/^(?:varchar|text|citext)/, { kind: "text", value: "" }],
  [/^(?:integer|bigint|smallint|numeric|double)/, { kind: "number", text: "0" }],
  [/^boolean/, { kind: "boolean", value: false }],
  [/^(?:date|time)/, undefined],
  [/^uuid/, { kind: "uuid", hex: "0".repeat(32) }],
  [/^hstore/, { kind: "cast", value: "", type: "hstore" }],
  [/^jsonb/, { kind: "cast", value: "{}", type: "jsonb" }],
  [/^interval/, { kind: "interval", days: 0, seconds: 0, microseconds: 0 }],
  [/^bytea/, { kind: "cast", value: String.raw`\x`, type: "bytea" }],
  [/^inet/, { kind: "cast", value: "127.0.0.1", type: "inet" }],
];
