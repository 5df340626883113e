import type { DownAbsence, MigrationScript } from "../core/migration.ts";
import type { Drift } from "../core/drift.ts";
import type { ReleaseQuery } from "../core/release-query.ts";
import type { Unverified } from "../core/review.ts";
import type { VerifySettings } from "../core/settings.ts";
import type { Script } from "../core/statement.ts";
import type { EngineDescription, Verification } from "../core/verification.ts";
import type { Database, Engine } from "./database.ts";
import type { Prelude } from "./prelude.ts";

/** One direction of a migration, read: its text, how its runner sends it, and its statements. */
export interface ScriptRun {
  readonly source: MigrationScript;
  /** Its spans are places in `source.text`. */
  readonly script: Script;
  /** Indexes of statements that are not sent, because what they do was done. */
  readonly done?: ReadonlySet<number>;
}

/** A migration under review. */
export interface ScriptPair {
  readonly id: string;
  /** Unchanged migrations that the runner applies between the changed one before and this one. */
  readonly earlier?: readonly ScriptRun[];
  readonly up: ScriptRun;
  readonly down: ScriptRun | DownAbsence;
  /** What is run up again after the down; absent: the same as the first time. */
  readonly upAgain?: ScriptRun;
}

export interface VerifyInput {
  readonly engine: Engine;
  /** The migrations before the first changed one, in order. */
  readonly base: readonly ScriptRun[];
  /** The changed migrations, in order. */
  readonly changed: readonly ScriptPair[];
  readonly settings: VerifySettings;
  /** What the host of production's database provides; made before everything else. */
  readonly prelude?: Prelude;
  /** SQL that is run before the first migration, as one script: what production made by hand. */
  readonly before?: ScriptRun;
  /** Rows of the project's own. */
  readonly seed?: readonly SeedFile[];
  /** Statements that the release before sends. */
  readonly release?: readonly ReleaseQuery[];
  /** Statements that the release with the change sends. */
  readonly newRelease?: readonly ReleaseQuery[];
  /** Whether down scripts are to be derived for those of `changed` whose own do not restore. */
  readonly derivesDown?: boolean;
  /** Compares what all migrations together build with the models of the project. */
  readonly compareModels?: (database: Database) => Promise<Drift>;
  /** The same with the models of the base branch; absent: it is not known, or has none. */
  readonly compareBaseModels?: (database: Database) => Promise<Drift>;
  /** Called when a step begins, with a few words for a person. */
  readonly onProgress?: (step: string) => void;
}

/** A file of SQL that fills tables, each run as one script. */
export interface SeedFile {
  readonly path: string;
  readonly text: string;
}

export interface ProjectVerification {
  /** Absent where no database could be had. */
  readonly engine?: EngineDescription;
  /** One for each changed migration, in the same order. */
  readonly verifications: readonly Verification[];
  /** What was not verified or was left out, each with its reason. */
  readonly unverified: readonly Unverified[];
  /** Absent where nothing was compared: there are no models, or the last up did not run. */
  readonly drift?: Drift;
}
