import type { AlterTableCmd } from "@pgsql/types";
import type { ObjectName } from "../core/name.ts";
import type { Operation } from "../core/operation.ts";
import type { Span } from "../core/span.ts";
import type { Clause } from "./clause.ts";
import type { StatementPlace } from "./statement-place.ts";

/** One subcommand of ALTER TABLE with the place of its text. */
export interface AlterClause {
  readonly command: AlterTableCmd;
  readonly table: ObjectName;
  readonly clause: Clause;
  /** The clause in the source. */
  readonly span: Span;
}

export type AlterReader = (clause: AlterClause, place: StatementPlace) => Operation;
