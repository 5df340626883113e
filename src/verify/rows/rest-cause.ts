import type { LossCause, TableRows, ValueCause } from "../../core/verification.ts";
import type { RowsFate } from "./compare-rows.ts";
import type { LossCauses } from "./loss-cause.ts";

/** What one direction made of the rows that were there before it. */
export interface Passage {
  readonly fates: readonly RowsFate[];
  readonly causes: LossCauses;
}

type DirectedCause = NonNullable<TableRows["cause"]>;

/** Who took away what is missing after both directions: the up, or else the down. */
export function causesOfRest(
  fate: RowsFate,
  up: Passage,
  down: () => Passage,
): Pick<TableRows, "cause" | "valueCauses"> {
  const { lost, changed, match } = fate;
  const find = (
    of: (causes: LossCauses) => LossCause | undefined,
    areRows: boolean,
  ): DirectedCause | undefined => {
    const own = up.fates.find((one) => one.match.before.oid === match.before.oid);
    // What is gone after the up, and what is in a table or a column that was made again, went in the up.
    const first = !areRows || own === undefined || own.lost > 0 ? of(up.causes) : undefined;
    if (first !== undefined) return { direction: "up", ...first };
    const second = of(down().causes);
    return second === undefined ? undefined : { direction: "down", ...second };
  };
  const values = groups(
    [...changed.keys()].flatMap((place): ValueCause[] => {
      const column = match.before.columns[place]?.name ?? "";
      const cause = find((causes) => causes.ofValues(fate, column), false);
      return cause === undefined ? [] : [{ ...cause, columns: [column] }];
    }),
  );
  if (lost > 0) {
    const cause = find((causes) => causes.ofRows(fate), true);
    return { ...(cause && { cause }), ...(values.length === 0 ? {} : { valueCauses: values }) };
  }
  const [first, ...others] = values;
  if (first === undefined) return {};
  const { columns, ...cause } = first;
  const isOfAll = others.length === 0 && columns.length === changed.size;
  return isOfAll ? { cause } : { valueCauses: values };
}

/** Columns of one cause together. */
function groups(causes: readonly ValueCause[]): ValueCause[] {
  const found = new Map<string, ValueCause>();
  for (const one of causes) {
    const key = JSON.stringify([one.direction, one.line, one.foreignKey]);
    found.set(key, { ...one, columns: [...(found.get(key)?.columns ?? []), ...one.columns] });
  }
  return [...found.values()];
}
