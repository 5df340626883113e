import { rules } from "../../rules/index.ts";
import { AUTOCOMMIT, findings, type LintCase } from "../rules/lint.ts";
import type { LabelledCase } from "./labelled.ts";

const HAZARDS = new Map(rules.map(({ id, hazards }) => [id, hazards ?? []]));

/** A case as the harness lints it: as somebody who has configured nothing but the version would. */
export function lintCaseOf({ history, migrations, autocommit, postgres }: LabelledCase): LintCase {
  return {
    preset: "recommended",
    before: [history],
    migration: migrations.join("\n---\n"),
    postgres,
    unparsed: true,
    ...(autocommit ? { execution: AUTOCOMMIT } : {}),
  };
}

export interface Judgement {
  /** Hazards that must be told and are not. */
  readonly missed: readonly string[];
  /** What is told and is neither among those that must nor among those that may. */
  readonly wrong: readonly string[];
}

/** Something that a linter said, with the hazards that it may mean by it. */
export interface Told {
  readonly name: string;
  readonly hazards: readonly string[];
}

/** What the rules say of a case. */
export function toldByRules(labelled: LabelledCase): readonly Told[] {
  return findings(lintCaseOf(labelled)).map(({ rule }) => ({
    name: rule,
    hazards: HAZARDS.get(rule) ?? [],
  }));
}

export function judge({ must, may }: LabelledCase, told: readonly Told[]): Judgement {
  const expected = new Set([...must, ...may]);
  return {
    missed: must.filter((hazard) => !told.some(({ hazards }) => hazards.includes(hazard))),
    wrong: told
      .filter(({ hazards }) => !hazards.some((hazard) => expected.has(hazard)))
      .map(({ name }) => name),
  };
}
