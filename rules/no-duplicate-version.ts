import { defineRule } from "../src/core/rule.ts";
import { scriptStart } from "../src/core/script-start.ts";

export default defineRule({
  id: "no-duplicate-version",
  summary: "Give each migration a version of its own",
  severity: "error",
  confidence: "high",
  category: "ordering",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["duplicate-version"],
  condition: "Two migrations of a project have the same version.",
  effect:
    "The runner refuses to start, or runs one of the two and takes the other for done. It happens when two branches take the next free number, and neither sees the other before both are merged.",
  instead: "Give the newer one the next free version, and its down script too.",
  references: [
    "https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md",
    "https://documentation.red-gate.com/flyway/flyway-concepts/migrations/versioned-migrations",
  ],
  examples: [
    {
      title: "Two branches that took the same number",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE tags (id bigint PRIMARY KEY, name text NOT NULL);",
      good: "CREATE TABLE tags (id bigint PRIMARY KEY, name text NOT NULL);",
      situation: "duplicate-version",
    },
  ],
  checks: {
    migration(context) {
      for (const { kind, message } of context.faults) {
        if (kind !== "duplicate-version") continue;
        context.report(
          scriptStart(context),
          `${message} Give this migration the next free version.`,
        );
      }
    },
  },
});
