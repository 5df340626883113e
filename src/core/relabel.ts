import type { Schema } from "./schema.ts";
import type { TypeReference } from "./type-reference.ts";

/** Casts that keep every byte: pg_cast's binary-coercible pairs, the catalog's own types left out. */
const BINARY_COERCIBLE: Readonly<Record<string, readonly string[]>> = {
  varchar: ["text", "citext"],
  text: ["varchar", "citext"],
  citext: ["text", "varchar"],
  xml: ["text", "varchar"],
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
  const isSame = isSameType(from, to);
  const target = to.arrayDimensions === 0 ? schema.domain(to) : undefined;
  if (target !== undefined) {
    const isConstrained = target.notNull || target.constraints.length > 0;
    return isSame || (!isConstrained && isRelabel(schema, from, target.baseType));
  }
  const base = from.arrayDimensions === 0 ? schema.domain(from)?.baseType : undefined;
  if (base !== undefined) return isRelabel(schema, base, to);
  if (from.arrayDimensions > 0 !== to.arrayDimensions > 0) return false;
  return (isSame || isBinaryCoercible(from, to)) && widens(from, to);
}

function isSameType(one: TypeReference, other: TypeReference): boolean {
  return one.name === other.name && one.schema === other.schema;
}

function isBinaryCoercible(from: TypeReference, to: TypeReference): boolean {
  if (from.schema !== undefined || to.schema !== undefined) return false;
  return BINARY_COERCIBLE[from.name]?.includes(to.name) ?? false;
}

/** Whether a modifier takes every value that the other one takes. */
function widens(from: TypeReference, to: TypeReference): boolean {
  if (String(from.modifiers) === String(to.modifiers)) return true;
  // Elements of an array are converted one by one for a new length.
  return to.arrayDimensions === 0 && WIDENS[to.name]?.(from.modifiers, to.modifiers) === true;
}

type Widens = (before: TypeReference["modifiers"], after: TypeReference["modifiers"]) => boolean;

/** Types whose length coercion PostgreSQL leaves out when it would change nothing. */
const WIDENS: Readonly<Record<string, Widens>> = {
  text: () => true,
  citext: () => true,
  varchar: widensLength,
  varbit: widensLength,
  numeric: widensNumeric,
  interval: (_, after) => after.length === 0,
  timestamp: widensPrecision,
  timestamptz: widensPrecision,
  time: widensPrecision,
  timetz: widensPrecision,
};

function widensLength([before]: Parameters<Widens>[0], [after]: Parameters<Widens>[1]): boolean {
  return after === undefined || (before !== undefined && Number(after) >= Number(before));
}

function widensNumeric(...[before, after]: Parameters<Widens>): boolean {
  if (after.length === 0 || before.length === 0) return after.length === 0;
  const [precision = 0, scale = 0] = after.map(Number);
  const [precisionBefore = 0, scaleBefore = 0] = before.map(Number);
  return scale === scaleBefore && precision >= precisionBefore;
}

function widensPrecision([before]: Parameters<Widens>[0], [after]: Parameters<Widens>[1]): boolean {
  return Number(after ?? FULL_PRECISION) >= Number(before ?? FULL_PRECISION);
}
