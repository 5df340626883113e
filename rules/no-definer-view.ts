import { displayName, nameKey } from "../src/core/name.ts";
import type { CreateView } from "../src/core/operations/object.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-definer-view",
  summary: "Let a view over tables with row security check its reader's rights",
  severity: "warning",
  confidence: "high",
  category: "security",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["security-definer-view"],
  condition:
    "CREATE VIEW without security_invoker, or CREATE MATERIALIZED VIEW, that reads a table with row level security.",
  effect:
    "The view reads the table with the rights of its owner, who as a rule also owns the table and is bound by no policy: whoever may read the view sees every row. A materialized view keeps them as its owner saw them.",
  instead:
    "Create the view WITH (security_invoker = true), which PostgreSQL 15 and later know; keep a materialized view from those who may not see all of it.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createview.html#SQL-CREATEVIEW-NOTES",
    "https://www.postgresql.org/docs/current/ddl-rowsecurity.html",
  ],
  examples: [
    {
      title: "Titles of documents that have owners",
      before: `CREATE TABLE documents (id bigint PRIMARY KEY, owner text NOT NULL, title text NOT NULL);
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON documents USING (owner = current_user);`,
      bad: "CREATE VIEW titles AS SELECT id, title FROM documents;",
      good: "CREATE VIEW titles WITH (security_invoker = true) AS SELECT id, title FROM documents;",
    },
  ],
  checks: {
    migration(context) {
      for (const operation of context.operations) {
        if (operation.kind === "create-view" && !operation.temporary) report(operation, context);
      }
    },
  },
});

function report(operation: CreateView, context: RuleContext): void {
  const { view, materialized, options, query } = operation;
  if (!materialized && (options.includes("security_invoker") || !context.mayBe(15))) return;
  if (context.view(view) === undefined || isSetLater(operation, context)) return;
  const secured = query.tables.find((table) => context.table(table)?.rowSecurity === true);
  if (secured === undefined) return;
  const advice = materialized
    ? "Grant it only to roles that may see all of it."
    : "Create it WITH (security_invoker = true).";
  context.report(
    operation,
    `Whoever may read \`${displayName(view)}\` sees rows of \`${displayName(secured)}\` that its policies hide: the view reads with the rights of its owner. ${advice}`,
    { table: secured, ...(materialized ? { severity: "info" } : {}) },
  );
}

/** ALTER VIEW … SET (security_invoker = true) later in the migration. */
function isSetLater({ view, span }: CreateView, context: RuleContext): boolean {
  return context.operations.some(
    (other) =>
      other.kind === "alter-object" &&
      other.object === "view" &&
      other.name !== undefined &&
      nameKey(other.name) === nameKey(view) &&
      other.span.start > span.start &&
      other.states?.includes("security_invoker") === true,
  );
}
