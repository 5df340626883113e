import { isIrreversible } from "../src/core/irreversible.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import { scriptStart } from "../src/core/script-start.ts";

export default defineRule({
  id: "require-down",
  summary: "Write a down script, or say why there is none",
  severity: "warning",
  confidence: "high",
  category: "reversibility",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["missing-down"],
  condition:
    "A migration has no down script, its framework knows them, and no comment `-- migrate-verify: irreversible REASON` says why. A project of which most earlier migrations (of eight or more) have no down script is not told, unless the configuration names this rule or extends strict: the report still says of each migration that its down is missing.",
  effect:
    "Whoever has to take the release back finds no way to, or writes one in a hurry that nobody has tried.",
  instead:
    "Write the down script; it is run here, up, down and up again. Where nothing can bring back what the migration removes, say so in a comment `-- migrate-verify: irreversible REASON`.",
  references: ["https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md"],
  examples: [
    {
      title: "A new table",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE tags (id bigint PRIMARY KEY, name text NOT NULL);",
      good: "CREATE TABLE tags (id bigint PRIMARY KEY, name text NOT NULL);",
      down: { good: "DROP TABLE tags;" },
      situation: "no-down",
    },
    {
      title: "Something that cannot be undone",
      before: "CREATE TABLE sessions (id bigint PRIMARY KEY);",
      bad: "DELETE FROM sessions WHERE id = 17;",
      good: `-- migrate-verify: irreversible the session was stolen
DELETE FROM sessions WHERE id = 17;`,
      situation: "no-down",
    },
  ],
  checks: {
    migration(context) {
      // Told at the operation, by the rule for that.
      if (context.faults.some(({ kind }) => kind === "irreversible-operation")) return;
      if (context.otherHalf() !== "missing" || context.operations.length === 0) return;
      if (isIrreversible(context.text) || !isHabit(context)) return;
      context.report(
        scriptStart(context),
        "Whoever has to take this migration back finds no down script. Write one, or say in a comment why there is none: `-- migrate-verify: irreversible REASON`.",
      );
    },
  },
});

/** Earlier migrations from which a habit shows. */
const ENOUGH = 8;

/** Whether the project writes down scripts at all: of one that does not, each pull request would be told the same. */
function isHabit(context: RuleContext): boolean {
  const { migrations, downs } = context.history();
  return migrations < ENOUGH || downs * 2 >= migrations || context.isAskedFor();
}
