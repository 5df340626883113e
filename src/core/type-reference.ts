/** A type as a statement names it, in PostgreSQL's internal spelling (`int4`, `varchar`, `timestamptz`). */
export interface TypeReference {
  readonly schema?: string;
  /** `pg_catalog` names are canonical (`int` is `int4`); others as stored. */
  readonly name: string;
  /** Length, precision, scale: `varchar(20)` has [20], `numeric(10,2)` has [10, 2]; named modifiers as text. */
  readonly modifiers: readonly (number | string)[];
  /** 0 for a scalar. */
  readonly arrayDimensions: number;
  /** `serial`, `bigserial` and `smallserial` are an integer type, a sequence and a default; `name` is then the integer. */
  readonly serial: boolean;
  /** The author's text. */
  readonly text: string;
}
