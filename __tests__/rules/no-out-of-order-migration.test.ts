import { FRAMEWORKS } from "../../src/core/migration.ts";
import { testRule } from "./rule-table.ts";

const MIGRATION = "CREATE TABLE tags (id bigint PRIMARY KEY);";
const LATE = new Set(["prisma", "dbmate", "diesel", "sqlx", "sql"]);

testRule("no-out-of-order-migration", {
  fires: [
    ...FRAMEWORKS.filter((one) => one !== "django").map((framework) => ({
      title: `with ${framework}`,
      framework,
      migration: MIGRATION,
      situation: "out-of-order" as const,
      severity: LATE.has(framework) ? ("warning" as const) : ("error" as const),
      says: /^Databases of the base branch may have run `99_later`, which comes after this migration: .*\. Give this one a later version\.$/,
    })),
    {
      title: "an entry of Drizzle's journal that is not the latest",
      framework: "drizzle",
      migration: MIGRATION,
      situation: "skipped",
      severity: "error",
      says: /never run this migration\. Give its entry a later `when`\.$/,
    },
    {
      title: "each of two new migrations",
      migration: `${MIGRATION}\n---\nSELECT 1;`,
      situation: "out-of-order",
      times: 2,
    },
  ],
  silent: [
    {
      title: "Django's graph has no numbers",
      framework: "django",
      migration: "CREATE TABLE tags (id bigint PRIMARY KEY);",
      situation: "out-of-order",
    },
    { title: "the last one", before: ["SELECT 1;"], migration: MIGRATION },
    { title: "a migration that is edited, not new", migration: MIGRATION, situation: "edited" },
  ],
});
