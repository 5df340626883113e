import type { ConfigurableRule } from "../../src/config/rule-schema.ts";

/** Rules as a configuration sees them. */
export const RULES: readonly ConfigurableRule[] = [
  { id: "no-drop-table", summary: "Keep tables" },
  {
    id: "no-unbatched-backfill",
    summary: "Change rows in batches",
    options: {
      rows: { default: 10_000, description: "Rows from which on." },
      unit: { default: "rows", values: ["rows", "pages"], description: "What is counted." },
    },
  },
  { id: "require-concurrent-index", summary: "Create indexes concurrently" },
  { id: "require-lock-timeout", summary: "Set lock_timeout", aliases: ["need-lock-timeout"] },
];
