import { definedConstraints } from "./defined-constraints.ts";
import type { Operation } from "./operation.ts";
import type { RuleContext } from "./rule-context.ts";
import type { Span } from "./span.ts";

/** Kinds of object of which a project can say how they are named. */
export const NAMED_KINDS = [
  "table",
  "column",
  "view",
  "index",
  "unique-index",
  "primary-key",
  "unique",
  "foreign-key",
  "check",
  "exclude",
  "not-null",
  "sequence",
  "function",
  "trigger",
  "policy",
  "type",
  "schema",
] as const;
export type NamedKind = (typeof NAMED_KINDS)[number];

/** A name that a migration gives. */
export interface GivenName {
  readonly kind: NamedKind;
  readonly name: string;
  readonly span: Span;
  /** Of what stands on a table, without its schema. */
  readonly table?: string;
  /** Of an index or a constraint over columns. */
  readonly columns?: readonly string[];
}

/** The names that an operation gives, also by renaming; those that PostgreSQL chooses are left out. */
export function namesGiven(operation: Operation, context: RuleContext): readonly GivenName[] {
  const constraints = definedConstraints(operation).flatMap(
    ({ table, constraint }): GivenName[] => {
      const { name, kind, span } = constraint;
      if (name === undefined) return [];
      const columns = "columns" in constraint ? { columns: constraint.columns } : {};
      return [{ kind, name, span, table: table.name, ...columns }];
    },
  );
  return [...ownNames(operation, context), ...constraints];
}

function ownNames(operation: Operation, context: RuleContext): readonly GivenName[] {
  const { span } = operation;
  switch (operation.kind) {
    case "create-table":
      return [
        { kind: "table", name: operation.table.name, span },
        ...operation.columns.map((column): GivenName => {
          return {
            kind: "column",
            name: column.name,
            span: column.span,
            table: operation.table.name,
          };
        }),
      ];
    case "create-table-as":
      return [{ kind: "table", name: operation.table.name, span }];
    case "add-column": {
      const { column, table } = operation;
      return [{ kind: "column", name: column.name, span: column.span, table: table.name }];
    }
    case "rename-table":
      return [{ kind: "table", name: operation.to, span }];
    case "rename-column":
      return [{ kind: "column", name: operation.to, span, table: operation.table.name }];
    default:
      return otherNames(operation, context);
  }
}

function otherNames(operation: Operation, context: RuleContext): readonly GivenName[] {
  const { span } = operation;
  switch (operation.kind) {
    case "create-index": {
      if (operation.name === undefined) return [];
      const columns = operation.keys.map(({ column }) => column ?? "*");
      const kind = operation.unique ? "unique-index" : "index";
      return [{ kind, name: operation.name, span, table: operation.table.name, columns }];
    }
    case "rename-index": {
      const index = context.index(operation.index);
      const kind = index?.unique === true ? "unique-index" : "index";
      return [{ kind, name: operation.to, span, ...(index && { table: index.table.name }) }];
    }
    case "create-trigger":
      return [{ kind: "trigger", name: operation.trigger, span, table: operation.table.name }];
    case "create-policy":
      return [{ kind: "policy", name: operation.policy, span, table: operation.table.name }];
    case "create-view":
      return [{ kind: "view", name: operation.view.name, span }];
    case "create-sequence":
      return [{ kind: "sequence", name: operation.sequence.name, span }];
    case "create-function":
      return [{ kind: "function", name: operation.function.name, span }];
    case "create-enum":
    case "create-domain":
    case "create-composite-type":
      return [{ kind: "type", name: operation.type.name, span }];
    case "create-schema":
      return [{ kind: "schema", name: operation.schema, span }];
    default:
      return [];
  }
}
