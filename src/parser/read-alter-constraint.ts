import type { AlterTableType } from "@pgsql/types";
import type { Operation } from "../core/operation.ts";
import { Clause } from "./clause.ts";
import { bodyOf } from "./node.ts";
import type { AlterClause, AlterReader } from "./alter-clause.ts";
import { readConstraint } from "./read-constraint.ts";
import type { StatementPlace } from "./statement-place.ts";

/** The subcommands of ALTER TABLE that are about one constraint. */
export const ALTER_CONSTRAINT_READERS: { readonly [Type in AlterTableType]?: AlterReader } = {
  AT_AddConstraint: readAddConstraint,
  AT_DropConstraint: ({ command, table, span }) => ({
    kind: "drop-constraint",
    span,
    table,
    constraint: command.name ?? "",
    ifExists: command.missing_ok ?? false,
    cascade: command.behavior === "DROP_CASCADE",
  }),
  AT_ValidateConstraint: ({ command, table, span }) => ({
    kind: "validate-constraint",
    span,
    table,
    constraint: command.name ?? "",
  }),
  AT_AlterConstraint: readAlterConstraint,
};

function readAddConstraint(clause: AlterClause, place: StatementPlace): Operation {
  const { command, table, span } = clause;
  const node = bodyOf(command.def, "Constraint") ?? {};
  const start = place.passage.fromByte(node.location);
  const behindAdd = new Clause(place.passage, start, () => clause.clause.end);
  const constraint = readConstraint({ constraint: node, clause: behindAdd });
  if (constraint === undefined) throw new Error("ADD without a constraint");
  return { kind: "add-constraint", span, table, constraint };
}

function readAlterConstraint({ command, table, span }: AlterClause): Operation {
  const change = bodyOf(command.def, "ATAlterConstraint");
  return {
    kind: "alter-constraint",
    span,
    table,
    constraint: change?.conname ?? "",
    ...(change?.alterDeferrability === true
      ? {
          deferrable: change.deferrable ?? false,
          initiallyDeferred: change.initdeferred ?? false,
        }
      : {}),
    ...(change?.alterEnforceability === true ? { enforced: change.is_enforced ?? false } : {}),
  };
}
