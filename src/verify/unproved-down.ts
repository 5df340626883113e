import type { Verification } from "../core/verification.ts";
import { runnerTablesMade } from "./runner-tables.ts";
import type { ScriptPair } from "./script-run.ts";

/** Why a down that seems to restore everything is not seen to: what the up may take and took not, and what is not compared. */
export function unprovedDown({ up, down }: ScriptPair, verification: Verification): string[] {
  const { verdict } = verification.down;
  if (verdict !== "exact" && verdict !== "cosmetic") return [];
  const idle = (verification.idleStatements ?? []).filter(({ onOld }) => onOld);
  const scripts = [up.script, ...(typeof down === "string" ? [] : [down.script])];
  return [
    ...idle.map(
      ({ line, command, table, rows }) =>
        `whether the down brings back what the ${command} in line ${line} changes was not seen: it picked none of the ${rows} rows of ${table}; a file of \`verify.seed\` can bring some that it picks`,
    ),
    ...[...runnerTablesMade(scripts)].map(
      (table) =>
        `whether the down brings back ${table} was not compared: runners keep their own record in a table of that name`,
    ),
  ];
}
