import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-unused-suppression",
  summary: "Remove comments that ignore a rule which finds nothing",
  severity: "warning",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["unused-suppression"],
  condition:
    "A comment `-- migrate-verify-ignore RULE reason` stands at a statement in which the rule finds nothing, or names a rule that does not exist.",
  effect:
    "Nobody is told when the comment begins to hide something: a later edit of the statement, or of a newer version of the rule, passes unseen. A mistyped name hides nothing at all.",
  instead: "Remove the comment, or correct the name of the rule.",
  references: [
    "https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-COMMENTS",
  ],
  examples: [
    {
      title: "An index on a new table",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: `CREATE TABLE tags (id bigint PRIMARY KEY, name text NOT NULL);
-- migrate-verify-ignore require-concurrent-index the table is small
CREATE INDEX tags_name ON tags (name);`,
      good: `CREATE TABLE tags (id bigint PRIMARY KEY, name text NOT NULL);
CREATE INDEX tags_name ON tags (name);`,
    },
  ],
  squawk: ["unused-ignore"],
  // The lint engine knows which comments hid something, so it reports the others under this rule.
  checks: {},
});
