import type { Direction } from "./migration.ts";
import type { Observation } from "./observation.ts";
import type { PartialFailure } from "./partial-failure.ts";

/** What the down half of a migration turned out to be. */
export const DOWN_VERDICTS = [
  /** Schema and data are what they were. */
  "exact",
  /** The same but for column order or generated names. */
  "cosmetic",
  /** The structure is back, the data is not. */
  "schema-only",
  /** Something is left over or too much was removed. */
  "partial",
  /** It ran and changed nothing that up had changed. */
  "no-op",
  /** It stopped with an error. */
  "fails",
  /** There is no down script. */
  "missing",
  /** It was not run, for the reason given. */
  "not-run",
] as const;
export type DownVerdict = (typeof DOWN_VERDICTS)[number];

/** An error as the database reported it; every text is the database's and untrusted. */
export interface DatabaseError {
  readonly message: string;
  /** SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html */
  readonly code?: string;
  readonly detail?: string;
  readonly hint?: string;
  /** 1-based line of the file at which it stopped. */
  readonly line?: number;
}

/** One object that differs between two schemas. */
export interface SchemaChange {
  readonly change: "added" | "removed" | "changed";
  /** For example `column`, `index`, `constraint`. */
  readonly object: string;
  /** For example `orders.note`. */
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
  /** `cosmetic`: only order or a generated name. */
  readonly weight: "semantic" | "cosmetic";
}

/** One statement that was run, and what the database was seen to do meanwhile. */
export interface StatementRun extends Observation {
  readonly direction: Direction;
  /** 1-based, both. */
  readonly line: number;
  readonly column: number;
  readonly sql: string;
  readonly durationMs: number;
  /** Whether somebody looked: where nobody did, no lock does not mean that there was none. */
  readonly watched: boolean;
  /** The sum of the scans. */
  readonly rowsScanned?: number;
}

export type Outcome = "passed" | "failed" | "not-run";

export interface StepResult {
  readonly outcome: Outcome;
  readonly error?: DatabaseError;
  /** Why it was not run. */
  readonly reason?: string;
  readonly durationMs?: number;
}

/** A table whose rows are not after the down what they were before the up. */
export interface TableRows {
  readonly table: string;
  readonly before: number;
  readonly after: number;
  /** Columns whose values are not what they were. */
  readonly changedColumns?: readonly string[];
  /** How many rows are gone, and how many were not there; absent: none. */
  readonly lost?: number;
  readonly added?: number;
  /** Keys of a few of the rows that are gone or changed, for example `id 3`; untrusted. */
  readonly examples?: readonly string[];
  /** What took them away, where that is known: the rows, or where none is gone the values. */
  readonly cause?: DirectedCause;
  /** What took values away, where that is known and not what `cause` says; each column in at most one. */
  readonly valueCauses?: readonly ValueCause[];
}

type DirectedCause = LossCause & {
  readonly direction: Direction;
  /** Of values that the up changed: what the down gave other values again, where it did; not always what they were. */
  readonly andDown?: LossCause;
};

/** What gave columns other values. */
export type ValueCause = DirectedCause & { readonly columns: readonly string[] };

/** The statement that took rows or values away. */
export interface LossCause {
  /** 1-based line of its script. */
  readonly line: number;
  /** The foreign key through which it came to this table; absent: it names the table, or a trigger did it. Untrusted. */
  readonly foreignKey?: string;
}

/** What became of the rows that were there before an up. */
export interface Survival {
  /** Tables that held rows, and how many they were together. */
  readonly tables: number;
  readonly rows: number;
  /** The tables of which not everything is as it was, under the same name. */
  readonly fates: readonly TableFate[];
}

/** What became of the rows of one table. */
export interface TableFate {
  readonly table: string;
  /** Its other name now; absent: it has the same, or is gone. */
  readonly to?: string;
  readonly before: number;
  readonly lost: number;
  readonly added: number;
  readonly columns: readonly ColumnFate[];
  /** What took the rows away that are lost, where that is known. */
  readonly cause?: LossCause;
  /** Keys of a few of the rows that are gone or changed, for example `id 3`; untrusted. */
  readonly examples: readonly string[];
}

export interface ColumnFate {
  readonly column: string;
  /** `kept`: under another name. `lost`: the column is gone, and no other one has its values. */
  readonly fate: "kept" | "changed" | "lost";
  /** The column that has its values now. */
  readonly to?: string;
  /** In how many rows. */
  readonly rows: number;
  /** What changed the values or took them away, where that is known. */
  readonly cause?: LossCause;
}

/** Rows on which a step does not go as it does on others. */
export interface Caution {
  readonly step: "up" | "down";
  /**
   * `varied`: rows with NULLs, duplicates or values at the end of their range, which production may
   * hold or not. `new release`: rows that were written after the up.
   */
  readonly on: "varied" | "new release";
  /** What it stops with. */
  readonly error?: DatabaseError;
  /** What it does not keep of them. */
  readonly rows: readonly TableRows[];
}

/**
 * A statement of an up that changes rows and changed none, though there were some: what it does to
 * rows that it picks was not seen.
 */
export interface IdleStatement {
  /** 1-based line of the up script. */
  readonly line: number;
  readonly command: "DELETE" | "INSERT" | "MERGE" | "UPDATE";
  /** The table that it picks from; untrusted. */
  readonly table: string;
  /** How many rows that held before the up. */
  readonly rows: number;
  /** It writes to a table, or an UPDATE to a column, that was there before the up. */
  readonly onOld?: true;
}

/** A statement of the release before that no longer runs after an up. */
export interface BrokenQuery {
  /** As its author calls it, for example `Order.findMany`; untrusted, as all of it is. */
  readonly name: string;
  /** Where it comes from; lines count from 1. */
  readonly path: string;
  readonly line: number;
  readonly sql: string;
  readonly error: DatabaseError;
  /** 1-based line of the up script that broke it, where the error tells. */
  readonly brokenAt?: number;
}

/** The statements of the release before, on the schema that an up leaves. */
export interface ReleaseCheck {
  /** How many of them ran on the schema before. */
  readonly tried: number;
  readonly broken: readonly BrokenQuery[];
}

/** A down script that was derived from what up does and run, or why there is none. */
export type CandidateDown =
  | {
      readonly sql: string;
      /** It brings the structure back; `schema-only`: without the data. */
      readonly verdict: "exact" | "cosmetic" | "schema-only";
      /** Tables whose rows it does not bring back. */
      readonly rows: readonly TableRows[];
    }
  | { readonly reason: string };

/** The up/down/up run of one migration. */
export interface Verification {
  readonly up: StepResult & { readonly difference: readonly SchemaChange[] };
  readonly down: {
    readonly verdict: DownVerdict;
    readonly difference: readonly SchemaChange[];
    readonly error?: DatabaseError;
    readonly reason?: string;
    readonly durationMs?: number;
    /** Absent where none was asked for. */
    readonly candidate?: CandidateDown;
  };
  readonly upAgain: StepResult & { readonly difference: readonly SchemaChange[] };
  readonly rows: readonly TableRows[];
  /** What became of the rows in up; absent where it did not run to its end. */
  readonly survival?: Survival;
  /** Absent: none. */
  readonly cautions?: readonly Caution[];
  /** Absent: none. */
  readonly idleStatements?: readonly IdleStatement[];
  /** Absent: no statements of the release before are known. */
  readonly release?: ReleaseCheck;
  /** The statements of the new release on the schema that the down leaves; absent: none are known, or no down ran. */
  readonly newRelease?: ReleaseCheck;
  readonly statements: readonly StatementRun[];
  /** For an up script that is not one transaction; absent where no stop was tried. */
  readonly partialFailures?: readonly PartialFailure[];
}

/** The engine that ran a verification. */
export interface EngineDescription {
  readonly name: "pglite" | "postgres";
  /** The server's version, for example `18.6`. */
  readonly version: string;
  /** What this engine cannot tell or grant, a sentence each. */
  readonly limits: readonly string[];
  /** How long it took until the first database answered, in ms; absent for a server that was there. */
  readonly startMs?: number;
  /** What kept it from the machine; absent for a server that was there, about which nothing is known. */
  readonly sandbox?: SandboxKind;
  /** `weak`: SQL that broke out of the database would meet nothing, or the files of who runs this program. */
  readonly isolation?: "strong" | "weak";
}

/**
 * `bwrap`: no network, processes and shared memory of its own, and of the machine's files only its
 * programs. `unshare`: the same but for the files. `plain`: nothing.
 */
export type SandboxKind = "bwrap" | "unshare" | "plain";
