import type { ObjectName } from "./name.ts";
import type { TypeReference } from "./type-reference.ts";

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
  /**
   * The type that a constant has by itself: that of its outermost cast, or of a number or a boolean
   * without quotes. Absent: the place where it stands gives it one.
   */
  readonly constantType?: TypeReference;
  /** The literal NULL, perhaps cast. */
  readonly null: boolean;
  readonly hasSubquery: boolean;
  /**
   * Columns that the expression proves to be NOT NULL when it is true: `a IS NOT NULL`, also as an
   * operand of AND.
   */
  readonly provesNotNull: readonly string[];
  /** Present where the expression is a column as it stands, or nothing but casts of one. */
  readonly cast?: ColumnCast;
}

/** `a`, `a::text`, `CAST(a AS text)::varchar(20)`; a COLLATE among them changes no value and is left out. */
export interface ColumnCast {
  readonly column: string;
  /** From the innermost cast to the outermost; none where it is the column itself. */
  readonly types: readonly TypeReference[];
}

/** PostgreSQL's own three classes, `constant` for a literal, `unknown` for a function that nobody declared. */
export type Volatility = "constant" | "immutable" | "stable" | "volatile" | "unknown";
