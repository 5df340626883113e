/* The examples of the rules and the labelled set, run and compared with the lock table. */
import { examples } from "../__tests__/rules/example.ts";
import {
  isForeseeable,
  predicted,
  runMigrations,
  runSide,
  seen,
  unreadClaims,
  type StatementRun,
} from "../__tests__/rules/example-runs.ts";
import type { ObservedDatabase } from "../__tests__/rules/observed-database.ts";
import { labelledCases, type LabelledCase } from "../__tests__/labelled/labelled.ts";
import { lintCaseOf } from "../__tests__/labelled/told.ts";

export interface Comparison {
  /** Statements that ran to their end and were watched. */
  readonly statements: number;
  /** Statements that did something else than the lock table says, each with what it is of. */
  readonly disagreements: readonly string[];
  /** What ended otherwise than it says, by the SQLSTATE. */
  readonly otherEnds: readonly string[];
}

/** What each statement of a run was seen to do otherwise than was said. */
export function differencesOf(run: StatementRun): string[] {
  // A COMMIT of the script's own gives all locks back.
  if (/^COMMIT\b/.test(run.sql)) return [];
  const [was, said] = [seen(run).join("; "), predicted(run).join("; ")];
  // Where no row references anything, the referenced table need not be read.
  const unread = unreadClaims(run).filter(({ mode }) => !/ROW/.test(mode));
  return [
    ...(was === said ? [] : [`${run.sql}\n    seen ${was}\n    said ${said}`]),
    ...unread.map(({ table }) => `${run.sql}\n    ${table.name} was not read`),
  ];
}

/** Every example of every rule, both sides, on tables with rows. */
export async function compareExamples(database: ObservedDatabase): Promise<Comparison> {
  const comparison = new Comparing();
  for (const { title, example } of examples) {
    for (const side of ["bad", "good"] as const) {
      const name = `${title}, ${side}`;
      const refused = await build(database, example.before);
      if (refused !== undefined) {
        comparison.otherEnds.push(`${name}: what came before: ${refused}`);
        continue;
      }
      const runs = await runSide(database, example, side);
      comparison.add(name, runs, side === "bad" ? example.fails : undefined);
    }
  }
  return comparison;
}

/** Every labelled case that is to be run, on tables with rows; those of another version of PostgreSQL left out. */
export async function compareLabelled(
  database: ObservedDatabase,
  major: number,
): Promise<Comparison> {
  const comparison = new Comparing();
  for (const labelled of labelledCases().filter((one) => isRun(one, major))) {
    const refused = await build(database, labelled.history);
    if (refused !== undefined) {
      comparison.otherEnds.push(`${labelled.title}: what came before: ${refused}`);
      continue;
    }
    const runs = await runMigrations(database, lintCaseOf(labelled), labelled.autocommit);
    comparison.add(labelled.title, runs, labelled.fails);
  }
  return comparison;
}

function isRun({ fails, postgres }: LabelledCase, major: number): boolean {
  return fails !== "unrun" && (postgres.length === 0 || postgres.includes(major));
}

/** Builds what came before, with rows; the SQLSTATE where this version refuses it. */
async function build(database: ObservedDatabase, history: string): Promise<string | undefined> {
  await database.reset();
  const code = await database.run(history);
  if (code === undefined) await database.fill();
  return code;
}

class Comparing implements Comparison {
  statements = 0;
  readonly disagreements: string[] = [];
  readonly otherEnds: string[] = [];

  add(name: string, runs: readonly StatementRun[], fails: string | undefined): void {
    const end = runs.at(-1)?.code;
    if (end !== fails) {
      this.otherEnds.push(`${name}: ${end ?? "passed"} instead of ${fails ?? "passed"}`);
    }
    const foreseeable = runs.filter(isForeseeable);
    this.statements += foreseeable.filter(({ tables }) => tables !== undefined).length;
    for (const one of foreseeable.flatMap(differencesOf)) {
      this.disagreements.push(`${name}: ${one}`);
    }
  }
}
