/** What another session would do to a table, as it is tried while a statement holds its locks. */
export const PROBES = ["SELECT", "SELECT FOR UPDATE", "INSERT", "UPDATE", "DELETE"] as const;
export type Probe = (typeof PROBES)[number];

/** A lock that a statement was the first of its transaction to take. */
export interface ObservedLock {
  readonly object: string;
  /** PostgreSQL's words, for example `ACCESS EXCLUSIVE`. */
  readonly mode: string;
  /** It is an index. */
  readonly index?: true;
  /**
   * ms from the beginning of the statement to the end of the transaction that holds it. Absent where
   * it is not known where the transaction ends.
   */
  readonly heldMs?: number;
}

/** Rows of a table that were read one after the other. */
export interface TableScan {
  readonly table: string;
  readonly rows: number;
}

/** What another session was seen to wait for, of all that was tried on one table. Nothing: all went through. */
export interface Waiting {
  readonly table: string;
  readonly blocked: readonly Probe[];
}

/** What the database was seen to do while one statement ran. */
export interface Observation {
  /** Of what was there before the migration. */
  readonly locks: readonly ObservedLock[];
  /** Tables and indexes whose storage was written anew. */
  readonly rewrites: readonly string[];
  /** Indexes of such tables that were built, or built again. */
  readonly indexBuilds?: readonly string[];
  /** Of such tables; none: no row of them was read in a row. Absent where the engine cannot tell. */
  readonly scans?: readonly TableScan[];
  /** Rows inserted, updated and deleted. Absent where the engine cannot tell. */
  readonly rowsChanged?: number;
  /** Bytes written to the write-ahead log, without images of whole pages. */
  readonly walBytes?: number;
  /** What of a second session waits now that the statement has run. Absent where there is no second session. */
  readonly waiting?: readonly Waiting[];
  /**
   * What of a second session waited behind this statement, which itself waited for one that had only
   * read the table. Absent where that was not tried, or the statement did not wait.
   */
  readonly queue?: readonly Waiting[];
  /** It waited for a transaction that had only read the table: CONCURRENTLY waits for all older ones. */
  readonly waitsForReaders?: true;
}
