import { defineRule } from "../src/core/rule.ts";
import { scriptStart } from "../src/core/script-start.ts";

export default defineRule({
  id: "no-edited-migration",
  summary: "Add a new migration instead of changing one that is merged",
  severity: "error",
  confidence: "high",
  category: "ordering",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["applied-migration-edited", "django-edited-or-deleted-migration"],
  condition:
    "The pull request changes, renames or deletes a migration that the base branch has already. An edit that neither the database nor the runner sees is none: layout and comments where no checksum is kept, a title or a folder where the version alone is remembered, `help_text` in Django.",
  effect:
    "Databases that ran the migration do not run it again, so that they and new ones differ from here on. Prisma, Flyway and SQLx compare checksums, of comments too: they report the change or refuse to go on.",
  instead:
    "Restore the file and put the change into a new migration. If no database ran it yet, name it as `baseline` in the configuration or ignore this rule in the file, with that reason.",
  references: [
    "https://www.prisma.io/docs/orm/prisma-migrate/workflows/patching-and-hotfixing",
    "https://documentation.red-gate.com/flyway/flyway-concepts/migrations/versioned-migrations",
  ],
  examples: [
    {
      title: "A merged migration that gets another column",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE tags (id bigint PRIMARY KEY, name text NOT NULL);",
      good: "CREATE TABLE tags (id bigint PRIMARY KEY, name text NOT NULL);",
      situation: "edited",
    },
  ],
  checks: {
    migration(context) {
      const { change, migration, faults } = context;
      if (change === "modified" && !context.isSameAsBase) {
        context.report(
          scriptStart(context),
          `Databases that ran \`${migration.id}\` do not run it again: they keep what it was, and new ones get what it is now. Restore the file, and put the change into a new migration.`,
        );
      } else if (change === "renamed") {
        context.report(
          scriptStart(context),
          `Databases that ran this migration know it by its old name: they run it a second time as \`${migration.id}\`, or refuse to go on. Give it its old name back.`,
        );
      }
      for (const { kind, message } of faults) {
        if (kind === "deleted-migration") context.report(scriptStart(context), message);
      }
    },
  },
});
