/** A statement that the release before the change sends: it runs while the new schema is already there. */
export interface ReleaseQuery {
  /** As its author calls it: `Order.findMany`, or the name in a query file. */
  readonly name: string;
  /** The file that it comes from; lines count from 1. */
  readonly path: string;
  readonly line: number;
  /** One SELECT, INSERT, UPDATE, DELETE or MERGE, its parameters as `$1`, `$2` … */
  readonly sql: string;
  /** SQL literals for its parameters, where they are known: what writes without is tried with made up ones. */
  readonly values?: readonly string[];
}
