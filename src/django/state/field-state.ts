import type { Span } from "../../core/span.ts";
import { lastPart, type PythonCall, type PythonValue } from "../python/value.ts";
import { FIELD_TYPES, type FieldType, positionalName } from "./field-types.ts";
import { Uncompilable } from "./uncompilable.ts";

/** A field as a migration declares it. */
export interface FieldState {
  /** The class as Django's `deconstruct()` names it: `django.db.models.CharField`. */
  readonly path: string;
  readonly type: FieldType;
  /** Its arguments by name, the positional ones included. */
  readonly args: ReadonlyMap<string, PythonValue>;
  /** Positional arguments that are a list of names (CompositePrimaryKey). */
  readonly fieldNames?: readonly string[];
  /** The column's type where a custom field states it. */
  readonly columnType?: string;
  /** It is a stand-in for a field whose class is not known. */
  readonly isUnknown?: true;
  readonly span: Span;
}

/** What a class that is not Django's is in the database. */
export interface CustomField {
  /** The class of Django's that it extends: `CharField`. */
  readonly base: string;
  /** Its column's type, where it is not that of the base. */
  readonly columnType?: string;
  /** Arguments that the class sets itself: they win over the given ones. */
  readonly forced: ReadonlyMap<string, PythonValue>;
  /** Arguments that it sets where none are given. */
  readonly defaults: ReadonlyMap<string, PythonValue>;
}

/**
 * Finds what a field class that is not Django's is; undefined when that is not known. `isLocal`: the
 * class is defined in the migration's own file, and the path is its bare name.
 */
export type CustomFields = (path: string, isLocal?: boolean) => CustomField | undefined;

/**
 * Reads a field from the call that makes it. One of a class that is not known becomes `text`, which
 * is said by `isUnknown`.
 */
export function readField(value: PythonValue | undefined, custom: CustomFields): FieldState {
  if (value?.kind !== "call") {
    throw new Uncompilable("what the field is", value?.span);
  }
  const path = fieldPath(value.callee);
  const own = path.startsWith("django.") ? FIELD_TYPES[lastPart(path)] : undefined;
  if (own !== undefined) return declared(path, own, value);
  const found = custom(value.callee, value.local);
  const type = found === undefined ? undefined : FIELD_TYPES[found.base];
  if (found === undefined || type === undefined) {
    return { ...declared(path, UNKNOWN_TYPE, value), columnType: "text", isUnknown: true };
  }
  const field = declared(path, type, value);
  const args = new Map([...found.defaults, ...field.args, ...found.forced]);
  return { ...field, args, ...(found.columnType && { columnType: found.columnType }) };
}

const UNKNOWN_TYPE: FieldType = { internal: "TextField", column: "text", emptyText: true };

/** The class under the name that Django writes into migrations, wherever it was imported from. */
function fieldPath(callee: string): string {
  if (callee.startsWith("django.db.models.")) return `django.db.models.${lastPart(callee)}`;
  return callee;
}

function declared(path: string, type: FieldType, call: PythonCall): FieldState {
  const args = new Map(call.keywords);
  if (type.internal === "CompositePrimaryKey") {
    const fieldNames = call.args.flatMap((one) => (one.kind === "string" ? [one.value] : []));
    return { path, type, args, fieldNames, span: call.span };
  }
  for (const [index, value] of call.args.entries()) {
    const name = positionalName(type, index);
    if (name !== undefined) args.set(name, value);
  }
  return { path, type, args, span: call.span };
}

/** The field with an argument changed, or left out where there is no value. */
export function withArgument(
  field: FieldState,
  name: string,
  value: PythonValue | undefined,
): FieldState {
  const args = new Map(field.args);
  if (value === undefined) args.delete(name);
  else args.set(name, value);
  return { ...field, args };
}
