import type { Direction } from "../core/migration.ts";
import { placeIn } from "../core/statement.ts";
import type { StatementRun } from "../core/verification.ts";
import type { ScriptRun } from "./script-run.ts";
import type { ScriptOutcome } from "./script-runner.ts";

/** Longer statements are cut, in UTF-16 units. */
const LONGEST_STATEMENT = 2_000;

/** What is told of each statement of a script that was run. */
export function statementRuns(
  run: ScriptRun,
  direction: Direction,
  { ran }: ScriptOutcome,
): StatementRun[] {
  return ran.map(({ query, durationMs, observation }) => ({
    direction,
    line: placeIn(run.script, query.span ?? { start: 0, end: 0 }).line,
    sql:
      query.text.length > LONGEST_STATEMENT
        ? `${query.text.slice(0, LONGEST_STATEMENT)}…`
        : query.text,
    durationMs,
    locks: observation?.locks ?? [],
    rewrites: observation?.rewrites ?? [],
  }));
}
