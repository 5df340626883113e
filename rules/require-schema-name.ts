import { displayIdentifier, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-schema-name",
  summary: "Name the schema in which an object is created",
  severity: "info",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "A table, view, sequence, type or function is created without a schema, and the migration sets no search_path. Temporary objects are not reported.",
  effect:
    "The search_path of whoever migrates says where the object ends: a role with another one makes it in another schema, and the code does not find it.",
  instead: "Write schema.name, or begin with SET LOCAL search_path.",
  references: ["https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-PATH"],
  examples: [
    {
      title: "A table",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE plans (id bigint PRIMARY KEY);",
      good: "CREATE TABLE public.plans (id bigint PRIMARY KEY);",
    },
  ],
  optIn: true,
  generatedBy: ["prisma", "django"],
  squawk: ["require-table-schema"],
  hazards: ["require-schema-qualified"],
  checks: {
    operation(operation, context) {
      const name = createdName(operation);
      if (name === undefined || name.schema !== undefined) return;
      const setsPath = context.operations.some(
        (one) => one.kind === "set-setting" && one.setting === "search_path",
      );
      if (setsPath) return;
      context.report(
        operation,
        `Whoever migrates with another search_path makes \`${displayIdentifier(name.name)}\` in another schema, where the code does not find it. Write the schema before the name.`,
      );
    },
  },
});

function createdName(operation: Operation): ObjectName | undefined {
  switch (operation.kind) {
    case "create-table":
    case "create-table-as":
      return operation.persistence === "temporary" ? undefined : operation.table;
    case "create-view":
      return operation.temporary ? undefined : operation.view;
    case "create-sequence":
      return operation.temporary ? undefined : operation.sequence;
    case "create-function":
      return operation.function;
    case "create-enum":
    case "create-domain":
    case "create-composite-type":
      return operation.type;
    default:
      return undefined;
  }
}
