import type { CandidateDown } from "../../core/verification.ts";
import { difference } from "../difference.ts";
import { compareRows, isUntouched } from "../rows/compare-rows.ts";
import type { RowSnapshot } from "../rows/row-snapshot.ts";
import { rowsNotRestored } from "../rows/row-words.ts";
import { losesUnseen } from "../rows/unseen-values.ts";
import { runScript } from "../script-runner.ts";
import type { ScriptPair } from "../script-run.ts";
import type { Session } from "../session.ts";
import { isSameState, readState, type State } from "../state.ts";
import { downVerdict } from "../verdict.ts";
import { deriveDown } from "./derive-down.ts";
import type { TableName } from "./renames.ts";

/**
 * Derives a down script for a migration from the catalogs before and after its up, and runs it as one
 * transaction: only one that brings the structure back is offered. The database holds what comes
 * before the up, and is not to be used afterwards.
 */
export async function tryCandidate(
  session: Session,
  pair: ScriptPair,
  before: State,
): Promise<CandidateDown> {
  const { clock } = session.context;
  clock.startMigration();
  const up = await runScript(session, pair.up, { allow: () => clock.forStatement() });
  if (up.error !== undefined) return { reason: `the up stops: ${up.error.message}` };
  const after = await readState(session, before);
  const derived = deriveDown(before.catalog, after.catalog, renamedTables(before.rows, after.rows));
  if ("reason" in derived) return derived;
  const { sql } = derived;
  const { failure } = await session.send(["BEGIN", sql, "COMMIT"], clock.forScript());
  if (failure !== undefined) {
    return { reason: `the script that follows from the catalog stops: ${failure.error.message}` };
  }
  await session.reset();
  const undone = await readState(session, after);
  const fates = compareRows(before.rows, undone.rows);
  const verdict = downVerdict({
    upChanged: !isSameState(before, after),
    downChanged: !isSameState(after, undone),
    difference: difference(before.catalog, undone.catalog),
    rows: rowsNotRestored(fates),
    losesUnseen: losesUnseen(compareRows(before.rows, after.rows), {
      before,
      after,
      undone,
      downWrites: () => false,
    }),
  });
  if (verdict === "partial" || verdict === "no-op") {
    return { reason: "the script that follows from the catalog does not restore the schema" };
  }
  return { sql, verdict, rows: fates.every(isUntouched) ? [] : rowsNotRestored(fates) };
}

function renamedTables(
  before: RowSnapshot,
  after: RowSnapshot,
): { readonly from: TableName; readonly to: TableName }[] {
  return [...before.tables.values()].flatMap((from) => {
    const to = after.tables.get(from.oid);
    const isSame = to === undefined || (to.schema === from.schema && to.name === from.name);
    return isSame ? [] : [{ from: nameOf(from), to: nameOf(to) }];
  });
}

function nameOf({ schema, name }: TableName): TableName {
  return { schema, name };
}
