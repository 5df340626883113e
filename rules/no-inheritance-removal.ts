import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-inheritance-removal",
  summary: "Keep the rows of a child table in its parent's queries",
  severity: "warning",
  confidence: "high",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["detach-inheritance"],
  condition: "NO INHERIT of a table that exists already.",
  effect:
    "Queries on the parent no longer return the rows of the child, and say nothing of it. Counts, sums and exports are wrong from the same moment.",
  instead: "Move the readers over first, then take the child out in a later migration.",
  references: [
    "https://www.postgresql.org/docs/current/ddl-inherit.html",
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-INHERIT",
  ],
  examples: [
    {
      title: "A child of a table in use",
      before: `CREATE TABLE people (id bigint PRIMARY KEY, name text);
CREATE TABLE staff (room text) INHERITS (people);`,
      bad: `SET LOCAL lock_timeout = '5s';
ALTER TABLE staff NO INHERIT people;`,
      good: "COMMENT ON TABLE staff IS 'read by itself from release 41 on';",
    },
  ],
  checks: {
    "alter-inheritance"(operation, context) {
      const { table, parent, inherit } = operation;
      if (inherit || context.isNewTable(table)) return;
      context.report(
        operation,
        `Queries on \`${displayName(parent)}\` no longer return the rows of \`${displayName(table)}\`, without an error. Move the readers over first.`,
        { table },
      );
    },
  },
});
