import { displayIdentifier } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import { defineRule } from "../src/core/rule.ts";

const STYLES: Readonly<Record<string, RegExp>> = {
  snake_case: /^_?[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/,
  camelCase: /^[a-z][a-zA-Z0-9]*$/,
  PascalCase: /^[A-Z][a-zA-Z0-9]*$/,
};

export default defineRule({
  id: "require-naming-style",
  summary: "Name tables, columns and indexes as the project agreed",
  severity: "warning",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "A new or renamed table, column or index has a name that is not in the style of the options: `snake_case`, `camelCase` or `PascalCase`.",
  effect: "People and tools that derive one name from another miss the object.",
  instead: "Choose a name in the style of the others.",
  references: [
    "https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS",
  ],
  examples: [
    {
      title: "A table in another style",
      before: "CREATE TABLE user_groups (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE orderitems_ (id bigint PRIMARY KEY);",
      good: "CREATE TABLE order_items (id bigint PRIMARY KEY);",
      options: { tableStyle: "snake_case" },
    },
  ],
  options: {
    tableStyle: { default: "", values: Object.keys(STYLES), description: "Of tables. Empty: any." },
    columnStyle: {
      default: "",
      values: Object.keys(STYLES),
      description: "Of columns. Empty: any.",
    },
    indexStyle: {
      default: "",
      values: Object.keys(STYLES),
      description: "Of indexes. Empty: any.",
    },
  },
  optIn: true,
  hazards: ["naming-convention"],
  checks: {
    operation(operation, context) {
      for (const [object, name] of givenNames(operation)) {
        const style = String(context.option(`${object}Style`));
        const pattern = STYLES[style];
        if (pattern === undefined || pattern.test(name)) continue;
        context.report(
          operation,
          `People and tools that look for names in ${style} miss the ${object} \`${displayIdentifier(name)}\`. Rename it before it is in use.`,
        );
      }
    },
  },
});

/** The kind and the name of what an operation names. */
function givenNames(
  operation: Operation,
): readonly (readonly ["table" | "column" | "index", string])[] {
  switch (operation.kind) {
    case "create-table": {
      const columns = operation.columns.map(({ name }) => ["column", name] as const);
      return [["table", operation.table.name], ...columns];
    }
    case "add-column":
      return [["column", operation.column.name]];
    case "create-index":
      return operation.name === undefined ? [] : [["index", operation.name]];
    case "rename-table":
      return [["table", operation.to]];
    case "rename-column":
      return [["column", operation.to]];
    case "rename-index":
      return [["index", operation.to]];
    default:
      return [];
  }
}
