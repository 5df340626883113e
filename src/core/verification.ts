import type { Direction } from "./migration.ts";
import type { Observation } from "./observation.ts";

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
  /** Columns whose values are not what they were, where the number of rows is the same. */
  readonly changedColumns?: readonly string[];
}

/** The up/down/up run of one migration. */
export interface Verification {
  readonly up: StepResult & { readonly difference: readonly SchemaChange[] };
  readonly down: {
    readonly verdict: DownVerdict;
    readonly difference: readonly SchemaChange[];
    readonly error?: DatabaseError;
    readonly reason?: string;
    readonly durationMs?: number;
  };
  readonly upAgain: StepResult & { readonly difference: readonly SchemaChange[] };
  readonly rows: readonly TableRows[];
  readonly statements: readonly StatementRun[];
}

/** The engine that ran a verification. */
export interface EngineDescription {
  readonly name: "pglite" | "postgres";
  /** The server's version, for example `18.6`. */
  readonly version: string;
  /** What this engine cannot tell or grant, a sentence each. */
  readonly limits: readonly string[];
}
