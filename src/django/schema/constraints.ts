import { compileCondition, expressionContext } from "../expressions/condition.ts";
import { compileIndexExpression } from "../expressions/index-expression.ts";
import { itemsOf, lastPart, type PythonValue, textOf } from "../python/value.ts";
import { type ConstraintState, given, namesOf } from "../state/index-state.ts";
import type { Model } from "../state/model.ts";
import { Refusal, Uncompilable } from "../state/uncompilable.ts";
import type { CatalogObject } from "./catalog.ts";
import { quoteName } from "./names.ts";
import type { SchemaEditor } from "./schema-editor.ts";
import {
  ConstraintStatement,
  IndexStatement,
  type TableStatement,
  UniqueStatement,
} from "./table-statement.ts";

/** A constraint of `Meta.constraints` as SQL. */
export interface BuiltConstraint {
  /** The statement that adds it to a table. */
  readonly statement: TableStatement;
  /** What stands for it in CREATE TABLE; absent for what is an index. */
  readonly clause?: string;
  readonly object?: CatalogObject;
}

function buildConstraint(state: ConstraintState, model: Model): BuiltConstraint {
  switch (state.type) {
    case "check":
      return buildCheck(state, model);
    case "unique":
      return buildUnique(state, model);
    case "exclusion":
      return buildExclusion(state, model);
    case "unknown":
      throw new Uncompilable(`the constraint class ${lastPart(state.call.callee)}`, state.span);
  }
}

/**
 * A constraint, or one of its name that holds for all rows where what it says is not known: a note tells
 * so, and a later migration that drops it by its name finds it. Of an index none is made, because Django
 * drops those IF EXISTS. Throws Refusal for what Django itself would refuse.
 */
export function constraintOrStandIn(
  state: ConstraintState,
  model: Model,
  editor: SchemaEditor,
): BuiltConstraint | undefined {
  try {
    return buildConstraint(state, model);
  } catch (error) {
    if (!(error instanceof Uncompilable) || error instanceof Refusal) throw error;
    editor.note("unknown-expression", error.message, error.span ?? state.span);
    return isIndex(state)
      ? undefined
      : constraint(model, [], { name: state.name, definition: "CHECK (true)", kind: "check" });
  }
}

/** Whether a constraint is an index in the database, and dropped as one. */
export function isIndex({ type, call }: ConstraintState): boolean {
  if (type !== "unique") return false;
  const { keywords } = call;
  const isGiven = (name: string): boolean => {
    const value = given(keywords.get(name));
    return value !== undefined && itemsOf(value)?.length !== 0;
  };
  return ["condition", "include", "opclasses"].some(isGiven) || call.args.length > 0;
}

function buildCheck({ name, call, span }: ConstraintState, model: Model): BuiltConstraint {
  const condition = call.keywords.get("condition") ?? call.keywords.get("check");
  if (condition === undefined) throw new Uncompilable("the condition", span);
  const context = expressionContext(model);
  const definition = `CHECK (${compileCondition(condition, context)})`;
  return constraint(model, [...context.columns], { name, definition, kind: "check" });
}

function constraint(
  model: Model,
  columns: readonly string[],
  one: {
    readonly name: string;
    readonly definition: string;
    readonly kind: "check" | "exclusion";
  },
): BuiltConstraint {
  return {
    statement: new ConstraintStatement(model.table, columns, one),
    clause: `CONSTRAINT ${quoteName(one.name)} ${one.definition}`,
    object: { name: one.name, kind: one.kind, columns },
  };
}

function buildUnique(state: ConstraintState, model: Model): BuiltConstraint {
  const { name, call } = state;
  const { keywords } = call;
  const columns = namesOf(keywords.get("fields")).map((one) => model.field(one).column);
  const nulls = nullsDistinct(keywords.get("nulls_distinct"));
  if (isIndex(state)) return { statement: uniqueIndex(state, model, columns, nulls) };
  const deferrable = deferral(keywords.get("deferrable"));
  const statement = new UniqueStatement(model.table, columns, { name, nulls, deferrable });
  // What says how NULLs compare is added as a statement of its own.
  if (nulls !== "") return { statement };
  const list = columns.map(quoteName).join(", ");
  return {
    statement,
    clause: `CONSTRAINT ${quoteName(name)} UNIQUE (${list})${deferrable}`,
    object: { name, kind: "unique", columns },
  };
}

function uniqueIndex(
  { name, call }: ConstraintState,
  model: Model,
  columns: readonly string[],
  nulls: string,
): IndexStatement {
  const { keywords } = call;
  const context = expressionContext(model);
  const expressions = call.args.map((one) => compileIndexExpression(one, context));
  const condition = given(keywords.get("condition"));
  return new IndexStatement(model.table, expressions.length > 0 ? [...context.columns] : columns, {
    name,
    unique: true,
    nulls,
    ...(expressions.length > 0 && { expressions }),
    opclasses: namesOf(given(keywords.get("opclasses"))),
    include: namesOf(given(keywords.get("include"))).map((one) => model.field(one).column),
    ...(condition && { condition: compileCondition(condition, context) }),
  });
}

function nullsDistinct(value: PythonValue | undefined): string {
  if (value?.kind !== "boolean") return "";
  return value.value ? " NULLS DISTINCT" : " NULLS NOT DISTINCT";
}

/** `models.Deferrable.DEFERRED`, or `Deferrable["DEFERRED"]` as migrations of 3.2 have it. */
function deferral(value: PythonValue | undefined): string {
  if (value === undefined || value.kind === "none") return "";
  const word = /DEFERRED|IMMEDIATE/i.exec(nameOf(value))?.[0].toUpperCase();
  if (word === undefined) throw new Uncompilable("when it is checked", value.span);
  return ` DEFERRABLE INITIALLY ${word}`;
}

function nameOf(value: PythonValue): string {
  if (value.kind === "name") return value.name;
  if (value.kind === "call") return textOf(value.args[0]) ?? "";
  return value.kind === "unknown" ? value.reason : "";
}

/** EXCLUDE USING … (https://docs.djangoproject.com/en/stable/ref/contrib/postgres/constraints/). */
function buildExclusion(state: ConstraintState, model: Model): BuiltConstraint {
  const { name, call } = state;
  const { keywords } = call;
  const context = expressionContext(model);
  const items = itemsOf(keywords.get("expressions")) ?? [];
  const opclasses = keywords.get("opclasses");
  const elements = items.map((item, index) => {
    const [expression, operator] = itemsOf(item) ?? [];
    if (expression === undefined) throw new Uncompilable("its expressions", item.span);
    const opclass = namesOf(given(opclasses))[index];
    const key = compileIndexExpression(expression, context);
    return `${key}${opclass === undefined ? "" : ` ${opclass}`} WITH ${operatorOf(operator)}`;
  });
  const method = textOf(keywords.get("index_type")) ?? "GIST";
  const condition = given(keywords.get("condition"));
  const where = condition === undefined ? "" : ` WHERE (${compileCondition(condition, context)})`;
  const include = namesOf(given(keywords.get("include"))).map((one) => model.field(one).column);
  const included = include.length === 0 ? "" : ` INCLUDE (${include.map(quoteName).join(", ")})`;
  const deferrable = deferral(keywords.get("deferrable"));
  const definition = `EXCLUDE USING ${method} (${elements.join(", ")})${included}${where}${deferrable}`;
  return constraint(model, [...context.columns], { name, definition, kind: "exclusion" });
}

/** An operator as text, or by its name in RangeOperators. */
function operatorOf(value: PythonValue | undefined): string {
  const text = textOf(value);
  if (text !== undefined) return text;
  const known = value?.kind === "name" ? RANGE_OPERATORS[lastPart(value.name)] : undefined;
  if (known === undefined) throw new Uncompilable("the operator of the exclusion", value?.span);
  return known;
}

const RANGE_OPERATORS: Readonly<Record<string, string>> = {
  EQUAL: "=",
  NOT_EQUAL: "<>",
  CONTAINS: "@>",
  CONTAINED_BY: "<@",
  OVERLAPS: "&&",
  FULLY_LT: "<<",
  FULLY_GT: ">>",
  NOT_LT: "&>",
  NOT_GT: "&<",
  ADJACENT_TO: "-|-",
};
