import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-unresolved-data-loss-warning",
  summary: "Resolve what Prisma warns of at the top of a migration",
  severity: "info",
  confidence: "high",
  category: "data-loss",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["prisma-data-loss-warning-header"],
  condition:
    "A Prisma migration still begins with the `Warnings:` that its generator wrote, and one of them is about something that no other rule tells: values that are cast, duplicates, a changed primary key.",
  effect:
    "The generator saw the schema only, and wrote what works on an empty database. Nobody has said that the loss is meant.",
  instead:
    "Edit the SQL until the warning no longer holds, or agree to it; then delete it from the file.",
  references: ["https://www.prisma.io/docs/orm/prisma-migrate/workflows/customizing-migrations"],
  examples: [
    {
      title: "A warning that nobody answered",
      before: 'CREATE TABLE "User" (id bigint PRIMARY KEY, email text);',
      bad: `/*
  Warnings:

  - A unique constraint covering the columns \`[email]\` on the table \`User\` will be added. If there are existing duplicate values, this will fail.

*/
CREATE UNIQUE INDEX CONCURRENTLY "User_email_key" ON "User" (email);`,
      good: `CREATE UNIQUE INDEX CONCURRENTLY "User_email_key" ON "User" (email);`,
      autocommit: { bad: true, good: true },
    },
  ],
  checks: {
    migration(context) {
      const { text } = context.migration.up;
      const header = /^\s*\/\*\s*Warnings:\s[\s\S]*?\*\//.exec(text)?.[0] ?? "";
      for (const { 0: line, 1: warning = "", index } of header.matchAll(/^\s*- (.+)$/gm)) {
        if (TOLD_BY_OTHERS.test(warning)) continue;
        const end = index + line.length;
        const start = end - warning.trimEnd().length;
        context.report(
          { start, end },
          `Rows that are there already may be lost or make this migration fail: Prisma's generator warned of it, and the warning is still here. Edit the SQL or agree to it, then delete the line.`,
        );
      }
    },
  },
});

/** What rules of their own tell: dropped columns and tables, also to make them anew, required columns, removed enum values. */
const TOLD_BY_OTHERS =
  /^(?:You are about to drop|Added the required column|Made the column|The values .* will be removed)|would be dropped and recreated/;
