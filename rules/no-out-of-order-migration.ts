import type { Severity } from "../src/core/finding.ts";
import type { Framework } from "../src/core/migration.ts";
import { defineRule } from "../src/core/rule.ts";
import { scriptStart } from "../src/core/script-start.ts";

interface Outcome {
  readonly severity: Severity;
  /** What the runner does with it in a database that has the later ones; ends a sentence. */
  readonly effect: string;
}

const late = (runner: string): Outcome => ({
  severity: "warning",
  effect: `${runner} applies it after them there, and before them in a new database`,
});

const OUTCOMES: Readonly<Record<Framework, Outcome>> = {
  prisma: late("`prisma migrate deploy`"),
  // The order is its graph's: a migration never comes after those that it depends on.
  django: late("Django"),
  dbmate: late("dbmate"),
  diesel: late("Diesel"),
  sqlx: late("SQLx"),
  "golang-migrate": {
    severity: "error",
    effect: "golang-migrate remembers only the last version there, and never applies this one",
  },
  goose: {
    severity: "error",
    effect: "goose refuses to go on there, unless it is told -allow-missing",
  },
  flyway: {
    severity: "error",
    effect: "Flyway fails its validation there, unless outOfOrder is set",
  },
  "node-pg-migrate": {
    severity: "error",
    effect: "node-pg-migrate refuses to go on there, unless it is told --no-check-order",
  },
  supabase: {
    severity: "error",
    effect: "`supabase db push` refuses to go on there, unless it is told --include-all",
  },
  drizzle: {
    severity: "error",
    effect: "Drizzle before 1.0 never applies it there, and Drizzle 1.0 after them",
  },
  sql: {
    severity: "warning",
    effect: "the runner may pass it over there, or apply it after them",
  },
};

export default defineRule({
  id: "no-out-of-order-migration",
  summary: "Order a new migration after all that are merged",
  severity: "error",
  confidence: "high",
  category: "ordering",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["out-of-order-migration", "drizzle-journal-timestamp-out-of-order"],
  condition:
    "A new migration has a version that comes before one which the base branch has already. A warning where the runner applies it late all the same. Before Drizzle 1.0 it is the `when` of its entry in the journal that has to be later than that of every entry before it.",
  effect:
    "Databases that are past that version pass the migration over, refuse it, or apply it in another order than new databases do, depending on the runner. A test that starts from an empty database never shows it.",
  instead: "Give the migration a version after the last one of the base branch.",
  references: [
    "https://documentation.red-gate.com/flyway/reference/configuration/flyway-namespace/flyway-out-of-order-setting",
    "https://pressly.github.io/goose/documentation/cli-commands/",
    "https://github.com/drizzle-team/drizzle-orm/issues/5316",
    "https://salsita.github.io/node-pg-migrate/cli",
  ],
  examples: [
    {
      title: "A branch that is older than what was merged meanwhile",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE tags (id bigint PRIMARY KEY, name text NOT NULL);",
      good: "CREATE TABLE tags (id bigint PRIMARY KEY, name text NOT NULL);",
      situation: "out-of-order",
    },
  ],
  checks: {
    migration(context) {
      for (const { kind, message } of context.faults) {
        if (kind !== "skipped-migration") continue;
        context.report(scriptStart(context), `${message} Give its entry a later \`when\`.`);
      }
      const last = context.laterOnBase.at(-1);
      // Django's order is a graph's: what stands later in it may have nothing to do with this one.
      if (last === undefined || context.framework === "django") return;
      const { severity, effect } = OUTCOMES[context.framework];
      const more = context.laterOnBase.length - 1;
      const others = more === 0 ? "" : ` and ${more} more`;
      context.report(
        scriptStart(context),
        `Databases of the base branch may have run \`${last.id}\`${others}, which comes after this migration: ${effect}. Give this one a later version.`,
        { severity },
      );
    },
  },
});
