import type { Drift } from "./drift.ts";
import type { Span } from "./span.ts";
import type { Comment, Statement } from "./statement.ts";

export const FRAMEWORKS = [
  "prisma",
  "django",
  "golang-migrate",
  "dbmate",
  "goose",
  "diesel",
  "sqlx",
  "flyway",
  "node-pg-migrate",
  "supabase",
  "drizzle",
  "sql",
] as const;

/** The tool whose migrations a project holds. */
export type Framework = (typeof FRAMEWORKS)[number];

export type Direction = "up" | "down";

/**
 * How the framework's runner sends one script to the server.
 *
 * `transaction`: the runner opens a transaction around the script.
 * `sends`: `script` is one query string, which PostgreSQL runs as one implicit transaction when it
 * holds several statements (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT);
 * `statements` is one query string each.
 */
export interface Execution {
  readonly transaction: boolean;
  readonly sends: "script" | "statements";
  /** Another session of the runner keeps a transaction open while the script runs. */
  readonly besideTransaction?: true;
}

/** One direction of a migration: the part of a file that holds its SQL, and how it is run. */
export interface MigrationScript {
  /** Path from the repository's root, with `/`. */
  readonly path: string;
  /** The text of the whole file, without a byte order mark. */
  readonly text: string;
  /** The part of `text` that is this script; the whole text where a file holds one direction. */
  readonly span: Span;
  readonly execution: Execution;
  /**
   * Where the runner finds statements by marks of its own (goose's StatementBegin), what it sends as
   * one query string each, which may hold several statements; absent: they end at semicolons.
   */
  readonly statementSpans?: readonly Span[];
  /** Stretches that stand for something else when the runner sends them (Flyway's placeholders). */
  readonly substitutions?: readonly { readonly span: Span; readonly text: string }[];
  /** What is run up after a down where that is not the same: Django looks up names that the down made anew. */
  readonly again?: MigrationScript | undefined;
  /** Present where the author wrote no SQL: `text` is then what the file at `path` was compiled to. */
  readonly compiled?: Compilation;
}

/** The file that a script was compiled from, and how the two go together. */
export interface Compilation {
  /** The text of the file, without a byte order mark. */
  readonly text: string;
  /** The file's operations in order: what a comment speaks of. */
  readonly operations: readonly WrittenOperation[];
  readonly comments: readonly Comment[];
  /** Where stretches of the compiled SQL come from, in its order; they do not overlap. */
  readonly origins: readonly Origin[];
  /** Steps that are no SQL, in the places of the compiled text at which they run. */
  readonly steps: readonly Statement[];
  /** What could not be compiled, each with the reason: the end of a sentence that begins with "not known:". */
  readonly unknowns: readonly { readonly span: Span; readonly reason: string }[];
}

/** An operation as the framework's migration states it: `AddField`. */
export interface WrittenOperation {
  readonly name: string;
  /** In the file. */
  readonly span: Span;
}

/** A stretch of compiled SQL and the stretch of the file that it comes from. */
export interface Origin {
  /** In the compiled SQL. */
  readonly sql: Span;
  /** In the file. */
  readonly source: Span;
  /** Both hold the same characters: SQL that stands in the file as it is sent. */
  readonly verbatim?: true;
}

/** Why a migration has no down script. */
export type DownAbsence =
  /** The framework's migrations go forward only. */
  | "forward-only"
  /** The framework knows down scripts and this migration has none. */
  | "missing"
  /** A repeatable migration is run again and never undone. */
  | "repeatable";

/** One step of a project's history. */
export interface Migration {
  /** What the runner calls it: usually the file or folder name without its ending. */
  readonly id: string;
  /** What the runner orders by, for example `20240101120000`; absent for a repeatable migration. */
  readonly version?: string;
  readonly up: MigrationScript;
  readonly down: MigrationScript | DownAbsence;
  /** Paths of the migrations that it stands for (Django's squashed ones): databases that ran all of them take it for done. */
  readonly replaces?: readonly string[];
  /** Its down script, where it has one, stands in the file of the up script; so neither is needed to tell its files. */
  readonly isOneFile?: true;
  /** What is wrong with it, or not known of it, by itself; made when it is asked for. */
  readonly faults?: readonly ProjectFault[];
  /**
   * The tables that the framework takes to be there after it, where a migration states them apart from
   * what it does to the database; absent: they follow from it.
   */
  readonly declares?: readonly DeclaredTable[];
}

/** The paths of a migration's files, that of the up script first. */
export function filesOf(migration: Migration): readonly string[] {
  const { path } = migration.up;
  if (migration.isOneFile === true || typeof migration.down === "string") return [path];
  return migration.down.path === path ? [path] : [path, migration.down.path];
}

/** A table as the framework knows it. */
export interface DeclaredTable {
  readonly name: string;
  /** What it belongs to in the framework: `shop.Item`. */
  readonly model: string;
  /** The operation that changes it apart from the database, in the file. */
  readonly span: Span;
  /** Whether the framework takes it to be there from this migration on. */
  readonly isNew: boolean;
  readonly columns: readonly { readonly name: string; readonly notNull: boolean }[];
}

/** What the pull request did to a migration; `down-modified`: to its down script alone. */
export type Change = "added" | "modified" | "renamed" | "down-modified" | "deleted" | "unchanged";

/** A folder of migrations of one framework, in the order in which its runner applies them. */
export interface Project {
  /** Path of the folder from the repository's root, with `/`; `.` for the root. */
  readonly root: string;
  readonly framework: Framework;
  readonly migrations: readonly Migration[];
  /** The folder that the change moved it from, where it lies no more. */
  readonly movedFrom?: string;
  /** Files of the folder that look like migrations and were not understood, each with its reason. */
  readonly ignored: readonly IgnoredFile[];
  /** What its layout, not one statement, says is wrong: two migrations of one version and the like. */
  readonly faults: readonly ProjectFault[];
  /** What was taken for granted to read it, a sentence each; absent: nothing. */
  readonly notes?: readonly string[];
  /** Files of models that can be compared with what the migrations build, from texts alone. */
  readonly models?: ProjectModels;
  /**
   * A name for what the first so many migrations come to: a hash of all that decides about it; undefined
   * where none of them is worth it. Absent: nothing of it is kept from run to run.
   */
  readonly historyKey?: (count: number) => string | undefined;
}

export interface ProjectModels {
  readonly paths: readonly string[];
  /** Compares them. */
  readonly compare: () => Drift;
}

/** A file of a project's folder that is not read as a migration. */
export interface IgnoredFile {
  readonly path: string;
  readonly reason: string;
  /** The runner would run it: the history that is read here has a gap. Absent: the runner passes it over as well. */
  readonly gap?: true;
  /** It is for another database by its name, and beside it lies what is for PostgreSQL. */
  readonly leftAlone?: true;
}

/** Something wrong with a project's files, found before any SQL is read. */
export interface ProjectFault {
  readonly kind:
    | "duplicate-version"
    | "deleted-migration"
    | "skipped-migration"
    | "lock-mismatch"
    | "conflicting-leaves"
    | "broken-dependency"
    | "partial-squash"
    | "irreversible-operation"
    | "refused-operation"
    | "refused-reverse"
    | "unknown-default"
    | "undeclared-dependency"
    | "moving-dependency"
    | "squashed-code";
  readonly path: string;
  /** Where it is in the file; absent: it is the file as a whole. */
  readonly span?: Span;
  readonly message: string;
}
