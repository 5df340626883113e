import type { Schema } from "./schema.ts";
import type { DomainType } from "./schema-object.ts";
import type { TypeReference } from "./type-reference.ts";

/** Casts that keep every byte: pg_cast's binary-coercible pairs, the catalog's own types left out. */
const BINARY_COERCIBLE: Readonly<Record<string, readonly string[]>> = {
  varchar: ["text", "bpchar", "citext"],
  text: ["varchar", "bpchar", "citext"],
  citext: ["text", "varchar"],
  xml: ["text", "varchar", "bpchar"],
  cidr: ["inet"],
  bit: ["varbit"],
  varbit: ["bit"],
  int4: ["oid"],
  oid: ["int4"],
};

const FULL_PRECISION = 6;

/**
 * Whether values of one type are values of the other as they stand, so that ALTER COLUMN TYPE
 * leaves the rows alone.
 */
export function isRelabel(schema: Schema, from: TypeReference, to: TypeReference): boolean {
  const target = domainOf(schema, to);
  if (target !== undefined) {
    const isConstrained = target.notNull || target.constraints.length > 0;
    return isSameType(from, to) || (!isConstrained && isRelabel(schema, from, target.baseType));
  }
  const source = domainOf(schema, from);
  if (source !== undefined) return isRelabel(schema, source.baseType, to);
  if (from.arrayDimensions > 0 !== to.arrayDimensions > 0) return false;
  if (isSameType(from, to)) return widens(from, to);
  // The elements of an array are converted one by one, even if that changes nothing.
  return to.arrayDimensions === 0 && to.modifiers.length === 0 && isBinaryCoercible(from, to);
}

function domainOf(schema: Schema, type: TypeReference): DomainType | undefined {
  return type.arrayDimensions === 0 ? schema.domain(type) : undefined;
}

function isSameType(one: TypeReference, other: TypeReference): boolean {
  return one.name === other.name && one.schema === other.schema;
}

function isBinaryCoercible(from: TypeReference, to: TypeReference): boolean {
  if (from.schema !== undefined || to.schema !== undefined) return false;
  return BINARY_COERCIBLE[from.name]?.includes(to.name) ?? false;
}

/** Whether the type takes with the one modifier every value that it takes with the other. */
function widens(from: TypeReference, to: TypeReference): boolean {
  if (to.modifiers.length === 0 || String(from.modifiers) === String(to.modifiers)) return true;
  return to.arrayDimensions === 0 && WIDENS[to.name]?.(from.modifiers, to.modifiers) === true;
}

type Modifiers = TypeReference["modifiers"];

/** Types whose length coercion PostgreSQL leaves out when it would change nothing. */
const WIDENS: Readonly<Record<string, (before: Modifiers, after: Modifiers) => boolean>> = {
  varchar: widensLength,
  varbit: widensLength,
  numeric: widensNumeric,
  interval: widensInterval,
  timestamp: widensPrecision,
  timestamptz: widensPrecision,
  time: widensPrecision,
  timetz: widensPrecision,
};

function widensLength([before]: Modifiers, [after]: Modifiers): boolean {
  return before !== undefined && Number(after) >= Number(before);
}

function widensNumeric(before: Modifiers, after: Modifiers): boolean {
  if (before.length === 0) return false;
  const [precision = 0, scale = 0] = after.map(Number);
  const [precisionBefore = 0, scaleBefore = 0] = before.map(Number);
  return scale === scaleBefore && precision >= precisionBefore;
}

function widensPrecision([before]: Modifiers, [after]: Modifiers): boolean {
  return Number(after ?? FULL_PRECISION) >= Number(before ?? FULL_PRECISION);
}

/** The bits that the grammar has for an interval's fields, from second to year. */
const INTERVAL_FIELDS = [12, 11, 10, 3, 1, 2].map((bit) => 1 << bit);
const EVERY_FIELD = 0x7fff;

/** An interval may have fields and a precision; both may only get finer. */
function widensInterval(before: Modifiers, after: Modifiers): boolean {
  const least = leastField(before);
  if (leastField(after) > least) return false;
  return least > 0 || widensPrecision(before.slice(1), after.slice(1));
}

function leastField([fields = EVERY_FIELD]: Modifiers): number {
  return INTERVAL_FIELDS.findIndex((bit) => (Number(fields) & bit) !== 0);
}
