import type { ModelFile } from "../verify/model-comparer.ts";

/** What the worker is started with. */
export interface DriftOrder {
  /** Path of the schema engine's WebAssembly. */
  readonly engine: string;
  readonly files: readonly ModelFile[];
}

/** What a query of the engine gives: columns by name and the oid of their type, and rows as JSON values. */
export interface QueryResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

/** From the worker: a query, the SQL that closes the gap, or why there is no answer. */
export type FromWorker =
  | { readonly kind: "query"; readonly sql: string; readonly args: readonly unknown[] }
  | { readonly kind: "done"; readonly sql: string }
  | { readonly kind: "failed"; readonly reason: string };

/** To the worker: what its last query gave. */
export type ToWorker = { readonly result: QueryResult } | { readonly error: string };
