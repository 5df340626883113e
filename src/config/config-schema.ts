import * as z from "zod";
import { FRAMEWORKS } from "../core/migration.ts";
import { choice, expected, keyed, list, oneOf, oneOrMore, quoted } from "./expectation.ts";
import { checklistSchemas } from "./checklist-schema.ts";
import { rulesSchema, type ConfigurableRule } from "./rule-schema.ts";
import { customSchema } from "./custom-schema.ts";
import { django } from "./django-schema.ts";
import {
  duration,
  extension,
  glob,
  MAJORS,
  major,
  repositoryPath,
  rowCount,
  version,
} from "./scalar-schema.ts";

// A file is parsed once: compiling a parser for it would take longer than parsing it.
z.config({ jitless: true });

const PRESETS = ["recommended", "strict"] as const;

const placeholders = z.record(
  z.string(),
  z.string({ error: expected("a text; write a number in quotes") }),
  { error: expected("names with their values") },
);

const project = keyed("a project with path and framework", {
  path: repositoryPath.describe("The folder of migrations, from the repository's root."),
  framework: choice(FRAMEWORKS).describe("The tool whose migrations the folder holds."),
  placeholders: placeholders
    .optional()
    .describe("Values of the placeholders that the runner replaces, by name."),
});

const limits = keyed("limits with statement, migration and total", {
  statement: duration.optional().describe("For one statement. Default: 10s."),
  migration: duration
    .optional()
    .describe("For one migration, up, down and up again. Default: 60s."),
  total: duration.optional().describe("For everything. Default: 3m."),
});

const verify = keyed("settings of the verification", {
  engine: choice(["auto", "pglite", "postgres"])
    .optional()
    .describe("The throwaway database. Default: auto."),
  before: repositoryPath
    .optional()
    .describe("SQL that is run before the first migration: what production made by hand."),
  extensions: list(extension, "a list of extensions, for example [pg_trgm]")
    .optional()
    .describe("Extensions that production has and that no migration creates."),
  rows: rowCount
    .optional()
    .describe("Rows that a table without any is given; 0: none. Default: 10."),
  seed: list(glob, "a list of globs of SQL files")
    .optional()
    .describe("SQL files with rows of the project's own, run before any others are made up."),
  down: choice(["expected", "required", "off"])
    .optional()
    .describe(
      "expected: a missing down is said; required: it fails; off: downs are not run. Default: expected.",
    ),
  drift: choice(["on", "off"])
    .optional()
    .describe("Compares what the migrations build with Prisma's models. Default: on."),
  limits: limits.optional().describe("How long things may run."),
});

const compat = keyed("where statements of the release before are known from", {
  prisma: choice(["on", "off"])
    .optional()
    .describe("What Prisma's client sends for the models of the base branch. Default: on."),
  queries: list(glob, "a list of globs of SQL files")
    .optional()
    .describe("Files of SQL queries, as sqlc has them; those of the base branch are tried."),
  statements: repositoryPath
    .optional()
    .describe("An export of pg_stat_statements: SELECT json_agg(query) FROM pg_stat_statements."),
});

/** The schema of `migrate-verify.yml` for a set of rules: its types, its parsing and its JSON schema come from here. */
export function configSchema(rules: readonly ConfigurableRule[]) {
  const rulesOf = rulesSchema(rules);
  const { gates, checklist } = checklistSchemas(rules);
  const override = keyed("an override with files and rules", {
    files: oneOrMore(glob, "a glob of paths").describe("Paths from the repository's root."),
    rules: rulesOf,
  });
  return keyed("keys with their settings", {
    postgres: oneOrMore(major, MAJORS)
      .optional()
      .describe("Major versions of PostgreSQL that production runs."),
    extends: z
      .enum(PRESETS, { error: preset })
      .optional()
      .describe("strict switches the opt-in rules on too. Default: recommended."),
    projects: list(project, "a list of projects")
      .optional()
      .describe("Projects that are not found, or not found right, without being named."),
    baseline: version
      .optional()
      .describe("Migrations up to and including this version or id are history."),
    "fail-on": choice(["error", "warning", "never"])
      .optional()
      .describe("The level at which findings fail the check. Default: error."),
    rules: rulesOf.optional().describe("Severity and options by rule."),
    overrides: list(override, "a list of overrides")
      .optional()
      .describe("Other settings of rules for some files; the last one that names both wins."),
    custom: customSchema.optional().describe("Rules of the project's own, by their ids."),
    tables: repositoryPath.optional().describe("The file of table statistics."),
    verify: verify.optional().describe("How migrations are run."),
    gates: gates.optional().describe("What a person has to confirm before a merge, by item."),
    compat: compat.optional().describe("The statements that the release before sends."),
    django: django.optional().describe("What only Django's projects have."),
    checklist: checklist.optional().describe("What a change is reminded of, by item."),
  });
}

/** What the file may hold, as it is written there. */
export type Config = z.infer<ReturnType<typeof configSchema>>;

function preset({ input }: { readonly input?: unknown }): string {
  return typeof input === "string" && /[/.]/.test(input)
    ? `extending a file (${quoted(input)}) is not supported yet; use recommended or strict`
    : oneOf(PRESETS)({ input });
}
