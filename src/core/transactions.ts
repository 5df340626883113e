import type { MigrationScript } from "./migration.ts";
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
 * the next implicit transaction when it is part of one query string: PostgreSQL opens one for
 * every statement of a string that holds several, also for the last
 * (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT).
 */
export function transactionsOf(
  statements: readonly Statement[],
  source: Pick<MigrationScript, "execution" | "statementSpans">,
): readonly (Transaction | undefined)[] {
  const strings = queryStrings(statements, source);
  const session = new Session(source.execution.transaction);
  return statements.map((statement, index) => {
    session.send(strings[index]);
    return session.run(statement.operations[0]?.kind);
  });
}

/** Follows which transaction a session is in. */
class Session {
  #id = 0;
  #kind: Transaction["kind"] | undefined;
  #string: QueryString | undefined;

  constructor(wrapped: boolean) {
    this.#kind = wrapped ? "runner" : undefined;
  }

  /** A new query string ends the implicit transaction of the one before it. */
  send(string: QueryString | undefined): void {
    if (string === this.#string) return;
    this.#string = string;
    if (this.#kind === "runner" || this.#kind === "explicit") return;
    if (this.#kind !== undefined) this.#id += 1;
    this.#kind = this.#between;
  }

  run(control: OperationKind | undefined): Transaction | undefined {
    if (control === "begin" && this.#kind !== "runner") {
      if (this.#kind === undefined) this.#id += 1;
      this.#kind = "explicit";
    }
    const transaction = this.#kind === undefined ? undefined : { id: this.#id, kind: this.#kind };
    if (control !== undefined && ENDS.has(control)) {
      this.#id += 1;
      this.#kind = this.#between;
    }
    return transaction;
  }

  get #between(): Transaction["kind"] | undefined {
    return this.#string !== undefined && this.#string.statements > 1 ? "implicit" : undefined;
  }
}

/** Statements that the runner sends together. */
interface QueryString {
  statements: number;
}

/** The query string of each statement: the whole script, a stretch that the runner's marks enclose, or the statement alone. */
function queryStrings(
  statements: readonly Statement[],
  { execution, statementSpans }: Pick<MigrationScript, "execution" | "statementSpans">,
): readonly QueryString[] {
  if (execution.sends === "script") {
    const whole = { statements: statements.length };
    return statements.map(() => whole);
  }
  if (statementSpans === undefined) return statements.map(() => ({ statements: 1 }));
  const strings = statementSpans.map((span) => ({ span, statements: 0 }));
  return statements.map((statement) => {
    const string = strings.find(
      ({ span }) => span.start <= statement.span.start && statement.span.end <= span.end,
    );
    if (string === undefined) return { statements: 1 };
    string.statements += 1;
    return string;
  });
}
