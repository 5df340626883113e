import { DEFAULT_SCHEMA, displayIdentifier } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-extension-in-public",
  summary: "Create extensions in a schema of their own",
  severity: "info",
  confidence: "high",
  category: "security",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "CREATE EXTENSION without SCHEMA, or with SCHEMA public. Extensions that choose their schema themselves are not reported.",
  effect:
    "Functions and types of the extension stand among the project's own: an API that serves public serves them too, and a dump or a DROP SCHEMA takes them along.",
  instead: "Create a schema, extensions for instance, and add SCHEMA extensions.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createextension.html",
    "https://www.postgresql.org/docs/current/extend-extensions.html#EXTEND-EXTENSIONS-RELOCATION",
  ],
  examples: [
    {
      title: "An extension",
      before: "CREATE SCHEMA extensions;",
      bad: "CREATE EXTENSION hstore;",
      good: "CREATE EXTENSION hstore SCHEMA extensions;",
    },
  ],
  optIn: true,
  hazards: ["extension-in-public"],
  checks: {
    "create-extension"(operation, context) {
      const { extension, schema = DEFAULT_SCHEMA } = operation;
      if (schema !== DEFAULT_SCHEMA || FIXED.has(extension)) return;
      context.report(
        operation,
        `Whoever may use the schema public may call every function of \`${displayIdentifier(extension)}\`. Create a schema for extensions and add SCHEMA.`,
      );
    },
  },
});

/** Their control files name a schema, or their scripts create it. */
const FIXED = new Set([
  "adminpack",
  "citus",
  "pg_cron",
  "pg_graphql",
  "pg_net",
  "pglogical",
  "pgmq",
  "pgsodium",
  "plpgsql",
  "postgis_tiger_geocoder",
  "postgis_topology",
  "supabase_vault",
]);
