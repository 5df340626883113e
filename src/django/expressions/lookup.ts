import { prepareValue } from "../literals/prepare-value.ts";
import { itemsOf, lastPart, type PythonValue, textOf } from "../python/value.ts";
import type { Field } from "../state/field.ts";
import { isAtLeast } from "../state/project-state.ts";
import { Uncompilable } from "../state/uncompilable.ts";
import type { ExpressionContext } from "./expression-context.ts";
import { compileExpression } from "./expression.ts";

/** One comparison as SQL. */
export interface CompiledLookup {
  readonly sql: string;
  /** Whether its result may be NULL, so that its negation must say more. */
  readonly mayBeNull: boolean;
  /** The columns of which it may come. */
  readonly nullable: readonly string[];
}

type Lookup = (operands: Operands) => string;

interface Operands {
  readonly left: string;
  readonly value: PythonValue;
  readonly field: Field;
  readonly context: ExpressionContext;
}

const LOOKUPS: Readonly<Record<string, Lookup>> = {
  exact,
  iexact: (operands) => `UPPER(${operands.left}::text) = UPPER(${right(operands)})`,
  gt: comparison(">"),
  gte: comparison(">="),
  lt: comparison("<"),
  lte: comparison("<="),
  in: isIn,
  range,
  isnull: ({ left, value }) => `${left} IS ${isTrue(value) ? "" : "NOT "}NULL`,
  contains: pattern((text) => `%${text}%`),
  icontains: pattern((text) => `%${text}%`, true),
  startswith: pattern((text) => `${text}%`),
  istartswith: pattern((text) => `${text}%`, true),
  endswith: pattern((text) => `%${text}`),
  iendswith: pattern((text) => `%${text}`, true),
  regex: (operands) => `${operands.left}::text ~ ${right(operands)}`,
  iregex: (operands) => `${operands.left}::text ~* ${right(operands)}`,
};

/** Compiles `("price__gt", 0)`. */
export function compileLookup(
  path: string,
  value: PythonValue,
  context: ExpressionContext,
): CompiledLookup {
  const { field, rest } = context.field(path.split("__"));
  const [name = "exact", ...more] = rest;
  const lookup = LOOKUPS[name];
  if (lookup === undefined || more.length > 0) {
    throw new Uncompilable(`the lookup ${path}`, value.span);
  }
  const left = context.column(field);
  const sql = lookup({ left, value, field, context });
  const isNullTest = name === "isnull" || (name === "exact" && value.kind === "none");
  const nullable = field.isNull ? [left] : [];
  const other = referenced(value, context);
  if (other !== undefined && other.isNull) nullable.push(context.column(other));
  return { sql, mayBeNull: !isNullTest, nullable };
}

/** The field that the other side of a comparison names, when it is one. */
function referenced(value: PythonValue, context: ExpressionContext): Field | undefined {
  if (value.kind !== "call" || lastPart(value.callee) !== "F") return undefined;
  const name = textOf(value.args[0]);
  return name === undefined ? undefined : context.model.findField(name);
}

function isTrue(value: PythonValue): boolean {
  return value.kind === "boolean" && value.value;
}

function isExpression(value: PythonValue): boolean {
  return (value.kind === "call" && !VALUES.test(value.callee)) || value.kind === "operator";
}

/** Calls that make a value and no expression. */
const VALUES = /(?:^|\.)(?:Decimal|UUID|date|datetime|time|timedelta)$/;

/** The other side: an expression stands in parentheses, so that its operators bind first. */
function right({ value, field, context }: Operands, one = value): string {
  if (!isExpression(one)) return writeOperand(field, one, context);
  const sql = compileExpression(one, context);
  const isBare = !isAtLeast(context.model.apps.settings, 4, 0) || isValueCall(one);
  return sql.startsWith("(") || isBare ? sql : `(${sql})`;
}

function isValueCall(value: PythonValue): boolean {
  return value.kind === "call" && lastPart(value.callee) === "Value";
}

function writeOperand(field: Field, value: PythonValue, context: ExpressionContext): string {
  if (value.kind === "name" || value.kind === "unknown" || value.kind === "lambda") {
    throw new Uncompilable(`what ${field.name} is compared with`, value.span);
  }
  return context.write(prepareValue(field, value));
}

function comparison(operator: string): Lookup {
  return (operands) => `${operands.left} ${operator} ${right(operands)}`;
}

function exact(operands: Operands): string {
  const { left, value, field } = operands;
  if (value.kind === "none") return `${left} IS NULL`;
  if (field.internalType === "BooleanField" && value.kind === "boolean") {
    return value.value ? left : `NOT ${left}`;
  }
  return `${left} = ${right(operands)}`;
}

function isIn(operands: Operands): string {
  const items = itemsOf(operands.value);
  if (items === undefined || items.length === 0) {
    throw new Uncompilable("the list of values", operands.value.span);
  }
  const known = items.filter(({ kind }) => kind !== "none");
  const written = known.map((item) => right(operands, item));
  // The order of a set is the hash seed's.
  const list = operands.value.kind === "set" ? written.toSorted() : written;
  return `${operands.left} IN (${[...new Set(list)].join(", ")})`;
}

function range(operands: Operands): string {
  const [from, to] = itemsOf(operands.value) ?? [];
  if (from === undefined || to === undefined) {
    throw new Uncompilable("the two ends of the range", operands.value.span);
  }
  return `${operands.left} BETWEEN ${right(operands, from)} AND ${right(operands, to)}`;
}

function pattern(wrap: (text: string) => string, ignoresCase = false): Lookup {
  return ({ left, value, context }) => {
    const text = textOf(value);
    if (text === undefined) throw new Uncompilable("the text to look for", value.span);
    const escaped = text.replaceAll(/[\\%_]/g, String.raw`\$&`);
    const literal = context.write({ kind: "text", value: wrap(escaped) });
    return ignoresCase
      ? `UPPER(${left}::text) LIKE UPPER(${literal})`
      : `${left}::text LIKE ${literal}`;
  };
}
