import type { Operation } from "../core/operation.ts";
import type { NodeBody, NodeKind } from "./node.ts";
import type { StatementPlace } from "./statement-place.ts";

/** A table from a statement's node to the function that reads it. */
export type StatementReaders = {
  readonly [Kind in NodeKind]?: (body: NodeBody<Kind>, place: StatementPlace) => Operation[];
};
