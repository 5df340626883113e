import type { ChecklistItem } from "./checklist.ts";
import { DEFAULT_CHECKLIST } from "./checklist-items.ts";
import type { CustomRule } from "./custom-rule.ts";
import type { Severity } from "./finding.ts";
import type { Framework } from "./migration.ts";

/** What a configuration says of one rule, for one set of files. */
export interface RuleSetting {
  readonly severity?: Severity | "off";
  /** Why it is off or weaker; shown in every report. */
  readonly reason?: string;
  readonly options: Readonly<Record<string, number | string>>;
}

/** What a configuration says of the rules for a file: one function for all files of which it says the same. */
export type SettingsOf = (path: string) => (rule: string) => RuleSetting | undefined;

/** The configuration, parsed and complete. */
export interface Settings {
  /** Major versions of PostgreSQL that production runs; empty: not known. */
  readonly postgres: readonly number[];
  readonly preset: "recommended" | "strict";
  /** Projects that detection would not find right. */
  readonly projects: readonly {
    readonly path: string;
    readonly framework: Framework;
    readonly placeholders: Readonly<Record<string, string>>;
  }[];
  /** Migrations up to and including this id or version are history, whatever changed. */
  readonly baseline?: string;
  readonly failOn: "error" | "warning" | "never";
  readonly rules: Readonly<Record<string, RuleSetting>>;
  readonly overrides: readonly {
    /** Globs of paths from the repository's root. */
    readonly files: readonly string[];
    readonly rules: Readonly<Record<string, RuleSetting>>;
  }[];
  /** Rules of the project's own. */
  readonly custom: readonly CustomRule[];
  /** Path of the table statistics file. */
  readonly tables?: string;
  readonly verify: VerifySettings;
  /** Where the statements of the release before are known from. */
  readonly compat: {
    /** The client of the base branch's Prisma schema. */
    readonly prisma: boolean;
    /** Globs of files of SQL. */
    readonly queries: readonly string[];
    /** Path of an export of pg_stat_statements. */
    readonly statements?: string;
  };
  readonly django: DjangoSettings;
  /** What a change needs before, while and after it runs, and which of it somebody has to confirm. */
  readonly checklist: readonly ChecklistItem[];
}

/** What only Django's projects have. */
export interface DjangoSettings {
  /** The words of the command that runs the project's own `manage.py`; absent: nothing of it is run. */
  readonly command?: readonly string[];
  /** What the command finds in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** What a field class is, by its full name: a class of Django's, or a column's type. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface VerifySettings {
  readonly engine: "auto" | "pglite" | "postgres";
  /** Path of SQL that is run before the first migration: what production made by hand. */
  readonly before?: string;
  readonly extensions: readonly string[];
  /** Rows that a table without any is given; 0: tables stay as the migrations leave them. */
  readonly rows: number;
  /** Globs of SQL files with rows of the project's own; a table that they fill is given no others. */
  readonly seed: readonly string[];
  /** `expected`: a missing down is a warning; `required`: an error; `off`: downs are not run. */
  readonly down: "expected" | "required" | "off";
  /** Whether what the migrations build is compared with the project's models. */
  readonly drift: boolean;
  readonly limits: {
    readonly statementMs: number;
    readonly migrationMs: number;
    readonly totalMs: number;
  };
}

/** The oldest major version that a configuration may name: rules know what changed since. */
export const OLDEST_POSTGRES = 10;

/** The lowest major version that the PostgreSQL project still supports, and the newest released. */
export const SUPPORTED_POSTGRES = { oldest: 14, newest: 18 } as const;

export const DEFAULT_SETTINGS: Settings = {
  postgres: [],
  preset: "recommended",
  projects: [],
  failOn: "error",
  rules: {},
  overrides: [],
  custom: [],
  verify: {
    engine: "auto",
    extensions: [],
    rows: 10,
    seed: [],
    down: "expected",
    drift: true,
    limits: { statementMs: 10_000, migrationMs: 60_000, totalMs: 180_000 },
  },
  compat: { prisma: true, queries: [] },
  django: { environment: {}, fields: {} },
  checklist: DEFAULT_CHECKLIST,
};
