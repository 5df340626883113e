import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";
import { writtenColumns } from "../src/core/written-columns.ts";

export default defineRule({
  id: "prefer-identity",
  summary: "Write an identity column in place of serial",
  severity: "info",
  confidence: "high",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition: "A column of the type smallserial, serial or bigserial.",
  effect:
    "The sequence has privileges and an owner of its own: a role that may insert into the table still fails for want of USAGE on the sequence, and a value that somebody writes by hand makes a later insert fail.",
  instead: "Write bigint GENERATED ALWAYS AS IDENTITY (or BY DEFAULT).",
  references: [
    "https://www.postgresql.org/docs/current/ddl-identity-columns.html",
    "https://wiki.postgresql.org/wiki/Don%27t_Do_This",
  ],
  examples: [
    {
      title: "A key",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE orders (id bigserial PRIMARY KEY);",
      good: "CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);",
    },
  ],
  optIn: true,
  generatedBy: ["prisma"],
  squawk: ["prefer-identity"],
  hazards: ["prefer-identity-over-serial"],
  checks: {
    operation(operation, context) {
      for (const { table, name, type, span } of writtenColumns(operation)) {
        if (!type.serial) continue;
        context.report(
          span,
          `Roles that may insert into \`${displayName(table)}\` still need USAGE on the sequence behind \`${displayIdentifier(name)}\`. Write bigint GENERATED ALWAYS AS IDENTITY.`,
          { table },
        );
      }
    },
  },
});
