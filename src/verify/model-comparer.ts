import type { Drift } from "../core/drift.ts";
import type { Database } from "./database.ts";

/** A file of models. */
export interface ModelFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Compares the schema of a database with models. The session must not be in a transaction, and is as
 * it was afterwards. Throws RunEnded when the database is gone.
 */
export type ModelComparer = (database: Database, files: readonly ModelFile[]) => Promise<Drift>;
