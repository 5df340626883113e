import type { ObjectName } from "./name.ts";

/** What a rule or the replay can know of an expression without evaluating it. */
export interface Expression {
  /** The author's text. */
  readonly text: string;
  /** Every function that it calls, in order of appearance; SQL value functions (CURRENT_TIMESTAMP …) by lower-case name. */
  readonly functions: readonly ObjectName[];
  /** Columns it reads, unqualified, in order of appearance. */
  readonly columns: readonly string[];
  /** A literal, perhaps cast, negated or in an array: nothing is called and nothing read. */
  readonly constant: boolean;
  /** The literal NULL, perhaps cast. */
  readonly null: boolean;
  readonly hasSubquery: boolean;
  /**
   * Columns that the expression proves to be NOT NULL when it is true: `a IS NOT NULL`, also as an
   * operand of AND.
   */
  readonly provesNotNull: readonly string[];
}

/** PostgreSQL's own three classes, `constant` for a literal, `unknown` for a function that nobody declared. */
export type Volatility = "constant" | "immutable" | "stable" | "volatile" | "unknown";
