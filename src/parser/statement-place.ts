import type { CommonTableExpr, Node } from "@pgsql/types";
import type { Operation } from "../core/operation.ts";
import type { Span } from "../core/span.ts";
import type { Grammar } from "./grammar.ts";
import type { Passage } from "./passage.ts";

/** The statement that a reader reads: its place, and the text around the grammar's nodes. */
export interface StatementPlace {
  readonly grammar: Grammar;
  readonly passage: Passage;
  /** Sent offsets of the statement. */
  readonly start: number;
  readonly end: number;
  /** The statement in the source. */
  readonly span: Span;
  /** The queries that WITH declares around the statement, first to last. */
  readonly withQueries: readonly CommonTableExpr[];
  /** Reads a statement that stands inside of this one. */
  readonly read: (node: Node, place: StatementPlace) => Operation[];
}
