import { createdNames } from "../src/core/created-names.ts";
import { nameKey } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-privilege-change-with-schema-change",
  summary: "Change who may do what in a migration of its own",
  severity: "info",
  confidence: "high",
  category: "security",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "A migration grants or revokes privileges on objects that it did not create, or changes their owner, and changes tables or columns too.",
  effect:
    "Reviewers who look at the columns pass over the privileges, and a down script that takes the columns back seldom takes the privileges back.",
  instead: "Move the privileges into a migration of their own.",
  references: ["https://www.postgresql.org/docs/current/ddl-priv.html"],
  examples: [
    {
      title: "A grant between two columns",
      before: "CREATE ROLE reporting; CREATE TABLE orders (id bigint PRIMARY KEY);",
      bad: `ALTER TABLE orders ADD COLUMN note text;
GRANT SELECT ON orders TO reporting;`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN note text;
---
GRANT SELECT ON orders TO reporting;`,
    },
  ],
  optIn: true,
  once: true,
  hazards: ["privilege-change-mixed-with-ddl"],
  checks: {
    migration(context) {
      const { operations } = context;
      if (!operations.some(({ kind }) => SCHEMA_CHANGE.test(kind))) return;
      const created = createdNames(operations);
      const change = operations.find(
        (operation) =>
          PRIVILEGES.has(operation.kind) &&
          !namesOf(operation).every((name) => created.has(nameKey(name))),
      );
      if (change === undefined) return;
      context.report(
        change,
        "Reviewers of this schema change pass over who may do what from here on, and a down script seldom takes it back. Move it into a migration of its own.",
      );
    },
  },
});

const SCHEMA_CHANGE =
  /^(?:(?:create|drop|rename)-(?:table|view|index)|(?:add|drop|rename)-(?:column|constraint)|alter-column-type|set-not-null)$/;

const PRIVILEGES: ReadonlySet<Operation["kind"]> = new Set(["grant", "revoke", "change-owner"]);

function namesOf(operation: Operation): readonly { name: string; schema?: string }[] {
  if (operation.kind === "grant" || operation.kind === "revoke") {
    return operation.names.length === 0 ? [{ name: "" }] : operation.names;
  }
  return operation.kind === "change-owner" ? [operation.name ?? { name: "" }] : [];
}
