import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-rewrite-rule",
  summary: "Write a trigger instead of CREATE RULE",
  severity: "warning",
  confidence: "high",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["create-rule"],
  condition: "CREATE RULE on a table.",
  effect:
    "Every later statement on the table is rewritten before it runs: volatile expressions run twice, RETURNING and the number of changed rows are no longer what the application expects, and COPY does not see the rule. Creating it takes an ACCESS EXCLUSIVE lock.",
  instead: "Write a trigger, or for a view an INSTEAD OF trigger.",
  references: [
    "https://www.postgresql.org/docs/current/rules-triggers.html",
    "https://www.postgresql.org/docs/current/sql-createrule.html",
  ],
  examples: [
    {
      title: "Deletes that are to be ignored",
      before: "CREATE TABLE ledger (id bigint PRIMARY KEY, amount numeric);",
      bad: `SET LOCAL lock_timeout = '5s';
CREATE RULE ledger_keep AS ON DELETE TO ledger DO INSTEAD NOTHING;`,
      good: `SET LOCAL lock_timeout = '5s';
CREATE FUNCTION refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger keeps its rows';
END
$$;
CREATE TRIGGER ledger_keep BEFORE DELETE ON ledger
  FOR EACH ROW EXECUTE FUNCTION refuse_delete();`,
    },
  ],
  checks: {
    "create-rule"(operation, context) {
      const { table } = operation;
      if (context.view(table) !== undefined) return;
      context.report(
        operation,
        `From here on PostgreSQL rewrites statements on \`${displayName(table)}\` by the rule \`${displayIdentifier(operation.rule)}\`: volatile expressions run twice, and RETURNING and row counts change. Write a trigger instead.`,
        { table },
      );
    },
  },
});
