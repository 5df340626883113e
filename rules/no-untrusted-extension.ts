import { displayIdentifier } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-untrusted-extension",
  summary: "Have extensions that need a superuser installed before the migration",
  severity: "info",
  confidence: "medium",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "CREATE EXTENSION of one that is not among PostgreSQL's trusted extensions, which any role with CREATE on the database may install.",
  effect:
    "The migration fails where the role that migrates is no superuser, or where the server or the image of the tests does not have the extension.",
  instead:
    "Have it installed on every server first, and say so in the description; CREATE EXTENSION IF NOT EXISTS then only checks.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createextension.html",
    "https://www.postgresql.org/docs/current/contrib.html",
  ],
  examples: [
    {
      title: "An extension that needs a superuser",
      before: "CREATE SCHEMA extensions;",
      bad: "CREATE EXTENSION pg_stat_statements SCHEMA extensions;",
      good: "CREATE EXTENSION hstore SCHEMA extensions;",
      fails: "0A000",
    },
  ],
  optIn: true,
  hazards: ["create-extension"],
  checks: {
    "create-extension"(operation, context) {
      if (TRUSTED.has(operation.extension)) return;
      context.report(
        operation,
        `This migration fails where its role may not install \`${displayIdentifier(operation.extension)}\`, or the server does not have it. Have it installed on every server first.`,
      );
    },
  },
});

/** `trusted = true` in the control files of PostgreSQL 18. */
const TRUSTED = new Set(
  `bool_plperl btree_gin btree_gist citext cube dict_int fuzzystrmatch hstore hstore_plperl intarray isn
  jsonb_plperl lo ltree pg_trgm pgcrypto plperl plpgsql pltcl seg tablefunc tcn tsm_system_rows
  tsm_system_time unaccent uuid-ossp`.split(/\s+/),
);
