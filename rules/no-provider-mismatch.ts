import { defineRule } from "../src/core/rule.ts";
import { scriptStart } from "../src/core/script-start.ts";

export default defineRule({
  id: "no-provider-mismatch",
  summary: "Keep Prisma's lock file and schema on one database",
  severity: "error",
  confidence: "high",
  category: "ordering",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["prisma-migration-lock-mismatch"],
  condition:
    "Prisma's `migration_lock.toml` names another provider than the datasource of the schema.",
  effect:
    "Prisma refuses to run the migrations (P3019): SQL that was generated for one database does not run on another.",
  instead:
    "Restore the provider, or start a new history for the new database: remove the migrations folder and create a baseline.",
  references: ["https://www.prisma.io/docs/orm/reference/error-reference#p3019"],
  examples: [
    {
      title: "A schema that moved to another database",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE tags (id bigint PRIMARY KEY, name text NOT NULL);",
      good: "CREATE TABLE tags (id bigint PRIMARY KEY, name text NOT NULL);",
      situation: "lock-mismatch",
    },
  ],
  checks: {
    migration(context) {
      for (const { kind, message } of context.faults) {
        if (kind === "lock-mismatch") context.report(scriptStart(context), message);
      }
    },
  },
});
