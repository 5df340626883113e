import type { MigrationClass, ReviewedMigration } from "../core/review.ts";
import type {
  DatabaseError,
  DownVerdict,
  SchemaChange,
  StepResult,
  Verification,
} from "../core/verification.ts";

/** How a step ended, as a reader sees it at a glance. */
export type Sign = "good" | "bad" | "none";

export function signOfStep({ outcome }: StepResult): Sign {
  switch (outcome) {
    case "passed":
      return "good";
    case "failed":
      return "bad";
    case "not-run":
      return "none";
  }
}

/** A missing down is none of the two: whether it may be missing is a rule's or the configuration's word. */
export function signOfDown(verdict: DownVerdict): Sign {
  switch (verdict) {
    case "exact":
    case "cosmetic":
      return "good";
    case "schema-only":
    case "partial":
    case "no-op":
    case "fails":
      return "bad";
    case "missing":
    case "not-run":
      return "none";
  }
}

/** What a down's verdict means, to follow "The down script". */
export const DOWN_MEANING: Readonly<Record<DownVerdict, string>> = {
  exact: "restores schema and data exactly",
  cosmetic: "restores everything but column order or generated names",
  "schema-only": "brings the structure back, and not the data",
  partial: "does not restore the schema",
  "no-op": "runs and undoes nothing",
  fails: "stops with an error",
  missing: "is missing",
  "not-run": "was not run",
};

/** The steps of a verification that went wrong, a sentence each; texts of the database are untrusted. */
export interface Failure {
  readonly step: "up" | "down" | "up again";
  readonly sentence: string;
  readonly error?: DatabaseError;
  readonly difference: readonly SchemaChange[];
}

export function failuresOf({ up, down, upAgain }: Verification): readonly Failure[] {
  const failures: Failure[] = [];
  if (up.outcome === "failed") {
    failures.push({ step: "up", sentence: "The up script stops with an error", ...partsOf(up) });
  }
  if (signOfDown(down.verdict) === "bad") {
    const sentence = `The down script ${DOWN_MEANING[down.verdict]}`;
    const difference = down.difference.filter(({ weight }) => weight === "semantic");
    failures.push({ step: "down", sentence, ...partsOf(down), difference });
  }
  if (upAgain.outcome === "failed") {
    const sentence =
      upAgain.error === undefined
        ? "Running up again gives another schema"
        : "Running up again stops with an error";
    failures.push({
      step: "up again",
      sentence,
      ...partsOf(upAgain),
      difference: upAgain.difference,
    });
  }
  return failures;
}

function partsOf(step: { readonly error?: DatabaseError }): Pick<Failure, "error" | "difference"> {
  return { difference: [], ...(step.error === undefined ? {} : { error: step.error }) };
}

const CLASSES: Readonly<Record<MigrationClass, string>> = {
  schema: "schema",
  data: "data",
  "schema-and-data": "schema + data",
  nothing: "nothing for the database",
};

/** What a migration is, on sight. */
export function classWords({ class: kind }: Pick<ReviewedMigration, "class">): string {
  return CLASSES[kind];
}

/** `1 error`, `2 errors`; irregular plurals are given. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? noun : plural}`;
}

/** A duration as people read it: `38 ms`, `1.2 s`. */
export function durationWords(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
