import { definedConstraints } from "./defined-constraints.ts";
import { OPERATION_KINDS } from "./lock-table.ts";
import { displayName, type ObjectName } from "./name.ts";
import type { Operation, OperationKind } from "./operation.ts";
import type { ColumnDefinition } from "./operations/column.ts";
import type { ConstraintDefinition } from "./operations/constraint.ts";
import type { RuleContext } from "./rule-context.ts";
import type { Span } from "./span.ts";

/** What a rule of a project's configuration can be about: an operation, or a part of one wherever it is written. */
export type SubjectKind = OperationKind | "any" | "new-column" | "new-constraint";

/** Every kind, for the configuration's schema. */
export const SUBJECT_KINDS: readonly SubjectKind[] = [
  "any",
  "new-column",
  "new-constraint",
  ...OPERATION_KINDS,
];

/** What the facts of subjects are called; what an operation holds besides is no matter of a project's own rules. */
export const FACT_NAMES = [
  "action",
  "array",
  "attribute",
  "base-type",
  "cascade",
  "channel",
  "check",
  "checked",
  "child",
  "column",
  "columns",
  "command",
  "concurrently",
  "constraint",
  "default",
  "deferrable",
  "direction",
  "domain",
  "dynamic",
  "events",
  "extension",
  "filter",
  "filter-columns",
  "finalize",
  "for-each-row",
  "foreign",
  "form",
  "full",
  "function",
  "generated",
  "identity",
  "if-exists",
  "if-not-exists",
  "include",
  "index",
  "indexes",
  "inherit",
  "inherits",
  "initially-deferred",
  "is-default",
  "language",
  "length",
  "limited",
  "local",
  "locks-rows",
  "logged",
  "materialized",
  "method",
  "mode",
  "name",
  "names",
  "new-table",
  "no-inherit",
  "not-enforced",
  "not-null",
  "not-valid",
  "nullable",
  "nulls-not-distinct",
  "object",
  "on-conflict",
  "on-delete",
  "on-update",
  "only",
  "option",
  "options",
  "or-replace",
  "parent",
  "partition",
  "persistence",
  "policy",
  "privileges",
  "procedure",
  "readable",
  "referenced-columns",
  "references",
  "restart-identity",
  "restrictive",
  "roles",
  "rows",
  "rule",
  "savepoint",
  "schema",
  "scope",
  "security-definer",
  "sequence",
  "serial",
  "setting",
  "state",
  "statement",
  "states",
  "subcommand",
  "table",
  "tables",
  "tablespace",
  "target",
  "temporary",
  "timing",
  "to",
  "trigger",
  "type",
  "unique",
  "using",
  "using-index",
  "value",
  "values",
  "version",
  "view",
  "volatility",
  "with-data",
  "with-grant-option",
] as const;

const KNOWN: ReadonlySet<string> = new Set(FACT_NAMES);

export type Fact = string | number | boolean | readonly string[] | undefined;

/** A thing that a migration does, with what can be said of it by name. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly span: Span;
  readonly table?: ObjectName;
  readonly facts: Readonly<Record<string, Fact>>;
}

/** What an operation is to a project's own rules: itself, and the columns and constraints that it makes. */
export function subjectsOf(operation: Operation, context: RuleContext): readonly Subject[] {
  const table = tableOf(operation);
  const facts = { ...factsOf(operation), ...tableFacts(table, context) };
  const own = { span: operation.span, ...(table && { table }), facts };
  return [
    { kind: operation.kind, ...own },
    { kind: "any", ...own },
    ...newColumns(operation, context),
    ...definedConstraints(operation).map((one): Subject => {
      const { constraint } = one;
      return {
        kind: "new-constraint",
        span: constraint.span,
        table: one.table,
        facts: { ...constraintFacts(operation, one, context), ...tableFacts(one.table, context) },
      };
    }),
  ];
}

function tableOf(operation: Operation): ObjectName | undefined {
  return "table" in operation ? operation.table : undefined;
}

function tableFacts(table: ObjectName | undefined, context: RuleContext): Subject["facts"] {
  if (table === undefined) return {};
  return {
    table: displayName(table),
    "new-table": context.isNewTable(table),
    indexes: context.indexesOf(table).length,
  };
}

function newColumns(operation: Operation, context: RuleContext): Subject[] {
  const table = tableOf(operation);
  if (table === undefined) return [];
  const columns: readonly ColumnDefinition[] =
    operation.kind === "create-table"
      ? operation.columns
      : operation.kind === "add-column"
        ? [operation.column]
        : [];
  return columns.map((column) => ({
    kind: "new-column",
    span: column.span,
    table,
    facts: {
      ...tableFacts(table, context),
      name: column.name,
      type: column.type.name,
      length: typeof column.type.modifiers[0] === "number" ? column.type.modifiers[0] : undefined,
      array: column.type.arrayDimensions > 0,
      serial: column.type.serial,
      "not-null": column.notNull,
      default: column.default !== undefined && !column.default.null,
      identity: column.identity,
      generated: column.generated?.kind,
      checked: isChecked(column.name, operation),
    },
  }));
}

/** A CHECK in the same statement reads the column. */
function isChecked(column: string, operation: Operation): boolean {
  return definedConstraints(operation).some(
    ({ constraint }) =>
      constraint.kind === "check" && constraint.expression.columns.includes(column),
  );
}

function constraintFacts(
  operation: Operation,
  { table, constraint }: { readonly table: ObjectName; readonly constraint: ConstraintDefinition },
  context: RuleContext,
): Subject["facts"] {
  const columns = "columns" in constraint ? constraint.columns : [];
  const created = operation.kind === "create-table" ? operation.columns : [];
  const added = operation.kind === "add-column" ? [operation.column] : created;
  const isNullable = (name: string): boolean =>
    (added.find((column) => column.name === name) ?? context.column(table, name))?.notNull !== true;
  return {
    ...factsOf(constraint),
    type: constraint.kind,
    columns,
    nullable: columns.some(isNullable),
  };
}

/** The properties of an operation or a part of it that are a name, a word, a number or a yes or no, in kebab case. */
function factsOf(thing: object): Subject["facts"] {
  const facts: Record<string, Fact> = {};
  for (const [key, value] of Object.entries(thing) as [string, unknown][]) {
    const fact = factOf(value);
    if (fact !== undefined && KNOWN.has(kebab(key))) facts[kebab(key)] = fact;
  }
  if ("keys" in thing && Array.isArray(thing.keys)) {
    facts["columns"] = thing.keys.map(({ column }: { column?: string }) => column ?? "");
  }
  return facts;
}

function factOf(value: unknown): Fact {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  if (Array.isArray(value)) {
    const texts = value.map(textOf);
    return texts.every((text) => text !== undefined) ? texts : undefined;
  }
  return textOf(value);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  const isName = typeof value === "object" && value !== null && "name" in value;
  return isName && typeof value.name === "string" && !("span" in value)
    ? displayName(value as ObjectName)
    : undefined;
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
