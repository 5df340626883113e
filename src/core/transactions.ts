import type { Execution } from "./migration.ts";
import type { OperationKind } from "./operation.ts";
import type { Statement } from "./statement.ts";

/** The transaction that a statement runs in. */
export interface Transaction {
  /** Statements of one script with the same id share a transaction. */
  readonly id: number;
  /**
   * `runner`: the framework opened it. `explicit`: a BEGIN in the script. `implicit`: PostgreSQL made
   * one because the query string holds several statements.
   */
  readonly kind: "runner" | "explicit" | "implicit";
}

const ENDS = new Set<OperationKind>(["commit", "rollback", "prepare-transaction"]);

/**
 * The transaction of each statement of a script, undefined where it commits by itself.
 *
 * A COMMIT in a script ends the runner's transaction early. What follows runs on its own, or in
 * the next implicit transaction when the whole script is one query string: PostgreSQL opens one for
 * every statement of such a string, also for the last
 * (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT).
 */
export function transactionsOf(
  statements: readonly Statement[],
  execution: Execution,
): readonly (Transaction | undefined)[] {
  const implicit = execution.sends === "script" && statements.length > 1;
  const result: (Transaction | undefined)[] = [];
  let id = 0;
  const between = implicit ? "implicit" : undefined;
  let current: Transaction["kind"] | undefined = execution.transaction ? "runner" : between;
  for (const statement of statements) {
    const control = statement.operations[0]?.kind;
    if (control === "begin") {
      if (current === undefined) id += 1;
      if (current !== "runner") current = "explicit";
    }
    result.push(current === undefined ? undefined : { id, kind: current });
    if (control !== undefined && ENDS.has(control)) {
      id += 1;
      current = between;
    }
  }
  return result;
}
