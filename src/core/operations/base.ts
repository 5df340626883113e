import type { Span } from "../span.ts";

/** What every operation carries. */
export interface OperationBase {
  /** Where it stands in the source: the clause of an ALTER TABLE where the grammar tells, else the statement. */
  readonly span: Span;
  /** ALTER TABLE ONLY, CREATE INDEX ON ONLY: partitions and inheriting tables are left out. */
  readonly only?: boolean;
  /**
   * The operation was read inside a DO block or a function body: it runs when that code runs, and
   * `conditional` says that the code around it may skip it (IF, LOOP, EXCEPTION).
   */
  readonly inside?: { readonly body: "do-block" | "function"; readonly conditional: boolean };
}
