import type { TableRows } from "../../core/verification.ts";
import type { RowsFate } from "./compare-rows.ts";
import type { LossCauses } from "./loss-cause.ts";

/** What one direction made of the rows that were there before it. */
export interface Passage {
  readonly fates: readonly RowsFate[];
  readonly causes: LossCauses;
}

/** Who took away what is missing after both directions: the up, or else the down. */
export function causeOfRest(
  fate: RowsFate,
  up: Passage,
  down: () => Passage,
): TableRows["cause"] | undefined {
  const { lost, changed, match } = fate;
  const [place] = changed.keys();
  const column = match.before.columns[place ?? -1]?.name;
  const of = (causes: LossCauses): ReturnType<LossCauses["ofRows"]> =>
    lost > 0 || column === undefined ? causes.ofRows(fate) : causes.ofValues(fate, column);
  if (lost === 0 && column === undefined) return undefined;
  const own = up.fates.find((one) => one.match.before.oid === match.before.oid);
  // What is gone after the up, and what is in a table or a column that was made again, went in the up.
  const isGone = lost === 0 || own === undefined || own.lost > 0;
  const first = isGone ? of(up.causes) : undefined;
  if (first !== undefined) return { direction: "up", ...first };
  const second = of(down().causes);
  return second === undefined ? undefined : { direction: "down", ...second };
}
