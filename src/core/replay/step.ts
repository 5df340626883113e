import type { OperationKind, OperationOf } from "../operation.ts";
import type { Schema } from "../schema.ts";

export interface ReplayOptions {
  /** The operation belongs to the migrations under review: what it makes is new. */
  readonly reviewing: boolean;
}

/** What an operation of each of these kinds does to the schema. None of them throws: what an operation needs and does not find, it leaves. */
export type Steps<Kinds extends OperationKind> = {
  readonly [Kind in Kinds]: (
    schema: Schema,
    operation: OperationOf<Kind>,
    options: ReplayOptions,
  ) => void;
};

/** For operations that change nothing in the schema. */
export function unchanged(): void {
  // The catalog's answers stay the same.
}
