import type { Drift } from "./drift.ts";
import type { Finding, Severity } from "./finding.ts";
import type { Change, Framework } from "./migration.ts";
import type { VerifySettings } from "./settings.ts";
import type { EngineDescription, Verification } from "./verification.ts";

/** What a migration acts on, on sight; `unknown`: nothing was found in it, and not all of it was read. */
export type MigrationClass = "schema" | "data" | "schema-and-data" | "nothing" | "unknown";

export interface ReviewedMigration {
  readonly id: string;
  /** Of the up script. */
  readonly path: string;
  readonly downPath?: string;
  readonly change: Change;
  readonly class: MigrationClass;
  /** Something that it removes cannot be brought back by any down script. */
  readonly destructive: boolean;
  readonly findings: readonly Finding[];
  /** Findings that a comment in the file asked not to report, with the reason that it gave. */
  readonly suppressed: readonly { readonly finding: Finding; readonly reason?: string }[];
  /** Absent when the review was asked to lint only. */
  readonly verification?: Verification;
}

export interface ReviewedProject {
  readonly root: string;
  readonly framework: Framework;
  readonly dialect: "postgresql";
  /** How many migrations stand before the first changed one. */
  readonly history: number;
  readonly migrations: readonly ReviewedMigration[];
  /** Absent where nothing was compared. */
  readonly drift?: Drift;
}

/** Something that could not be read or verified, and why: it keeps a review from being green. */
export interface Unverified {
  readonly path: string;
  readonly reason: string;
}

export type ReviewVerdict = "pass" | "fail" | "unverified";

/** All that was found for one pull request, or for one run of the command line. */
export interface Review {
  readonly version: 1;
  readonly verdict: ReviewVerdict;
  readonly summary: {
    readonly migrations: number;
    readonly errors: number;
    readonly warnings: number;
    readonly infos: number;
    readonly suppressed: number;
    /** Downs, by verdict, that are neither `exact`, `cosmetic` nor asked for. */
    readonly failedVerifications: number;
    readonly durationMs: number;
  };
  /** What was asked: `verified` is false for `lint`. */
  readonly scope: {
    readonly lint: boolean;
    readonly verify: boolean;
    /** What changed is measured against this, in words: `merge base 3f9c2e1 of main`, `files named`, `everything`. */
    readonly since: string;
  };
  readonly engine?: EngineDescription;
  readonly projects: readonly ReviewedProject[];
  readonly unverified: readonly Unverified[];
  /** Changed files that are for other databases, each with what tells so; absent: none. */
  readonly leftAlone?: readonly { readonly path: string; readonly reason: string }[];
  /** Rules that the configuration switched off or weakened, with its reason. */
  readonly settings: {
    readonly failOn: Severity | "never";
    /** What a missing down script means. Absent: `expected`. */
    readonly down?: VerifySettings["down"];
    readonly rules: readonly {
      readonly rule: string;
      readonly severity: string;
      /** Globs of the files that it holds for; absent: all. */
      readonly files?: readonly string[];
      readonly reason?: string;
    }[];
  };
}
