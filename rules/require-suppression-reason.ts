import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-suppression-reason",
  summary: "Say why a rule is ignored",
  severity: "warning",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition: "A comment `-- migrate-verify-ignore RULE` names rules and gives no reason.",
  effect:
    "Reviewers cannot tell a finding that somebody has weighed from one that was in the way, and the next person copies the comment.",
  instead:
    "Write the reason behind the name: `-- migrate-verify-ignore no-drop-table no code reads it since release 41`.",
  references: [
    "https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-COMMENTS",
  ],
  examples: [
    {
      title: "A dropped table",
      before: "CREATE TABLE coupons (id bigint PRIMARY KEY, code text NOT NULL);",
      bad: `-- migrate-verify-ignore no-drop-table
DROP TABLE coupons;`,
      good: `SET LOCAL lock_timeout = '5s';
-- migrate-verify-ignore no-drop-table no code since release 41 reads it
DROP TABLE coupons;`,
    },
  ],
  optIn: true,
  hazards: ["suppression-without-reason"],
  directions: ["up", "down"],
  checks: {
    migration(context) {
      for (const { text, span } of context.comments) {
        const name = BARE.exec(text)?.[1];
        if (name === undefined) continue;
        context.report(
          span,
          `Readers of this comment do not learn why \`${name}\` does not matter here. Write the reason behind the name.`,
        );
      }
    },
  },
});

/** Names of rules with commas between, and nothing behind the last but the mark before a reason. */
const BARE =
  /^migrate-verify-ignore(?:-file)?[\s:]\s*([a-z][a-z0-9-]*)(?:\s*,\s*[a-z][a-z0-9-]*)*\s*[:-]{0,2}\s*$/;
