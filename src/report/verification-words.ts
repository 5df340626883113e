import type { MigrationClass, Review, ReviewedMigration } from "../core/review.ts";
import type {
  DatabaseError,
  DownVerdict,
  ReleaseCheck,
  SchemaChange,
  StepResult,
  TableRows,
  Verification,
} from "../core/verification.ts";
import { grouped } from "./grouped.ts";

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

/** How much a down script is asked for; undefined means expected. */
export type DownPolicy = Review["settings"]["down"];

/** A missing down is neither good nor bad, unless the configuration requires one. */
export function signOfDown(verdict: DownVerdict, policy: DownPolicy): Sign {
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
      return policy === "required" ? "bad" : "none";
    case "not-run":
      return "none";
  }
}

/** What a down's verdict means, to follow "The down script". */
const DOWN_MEANING: Readonly<Record<DownVerdict, string>> = {
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
  readonly step: "up" | "down" | "up again" | "release before";
  readonly sentence: string;
  readonly error?: DatabaseError;
  readonly difference: readonly SchemaChange[];
  /** Tables whose rows are not what they were. */
  readonly rows: readonly TableRows[];
}

export function failuresOf(
  { up, down, upAgain, rows, release }: Verification,
  policy: DownPolicy,
): readonly Failure[] {
  const failures: Failure[] = [];
  if (up.outcome === "failed") {
    failures.push({ step: "up", sentence: "The up script stops with an error", ...partsOf(up) });
  }
  if (release !== undefined && release.broken.length > 0) {
    failures.push({ step: "release before", ...releaseFailure(release) });
  }
  if (signOfDown(down.verdict, policy) === "bad") {
    const sentence = `The down script ${DOWN_MEANING[down.verdict]}`;
    const difference = down.difference.filter(({ weight }) => weight === "semantic");
    failures.push({ step: "down", sentence, ...partsOf(down), difference, rows });
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

/** Names of broken statements that are listed in a sentence. */
const NAMED_QUERIES = 5;

/** What the release before can no longer do, with the error of the first statement. */
function releaseFailure({ tried, broken }: ReleaseCheck): Omit<Failure, "step"> {
  const [first] = broken;
  const names = broken.slice(0, NAMED_QUERIES).map(({ name }) => name);
  const more = broken.length - names.length;
  const list = `${names.join(", ")}${more === 0 ? "" : ` and ${grouped(more)} more`}`;
  const { brokenAt, error } = first ?? {};
  return {
    sentence: `The release before stops working: ${grouped(broken.length)} of its ${counted(tried, "statement")} no longer ${broken.length === 1 ? "runs" : "run"} (${list})`,
    ...partsOf({}),
    ...(error === undefined
      ? {}
      : { error: { ...error, ...(brokenAt === undefined ? {} : { line: brokenAt }) } }),
  };
}

function partsOf(step: {
  readonly error?: DatabaseError;
}): Pick<Failure, "error" | "difference" | "rows"> {
  return { difference: [], rows: [], ...(step.error === undefined ? {} : { error: step.error }) };
}

const CLASSES: Readonly<Record<MigrationClass, string>> = {
  schema: "schema",
  data: "data",
  "schema-and-data": "schema + data",
  nothing: "nothing for the database",
  unknown: "unknown",
};

/** What a migration is, on sight. */
export function classWords({ class: kind }: Pick<ReviewedMigration, "class">): string {
  return CLASSES[kind];
}

/** `1 error`, `2 errors`; irregular plurals are given. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

/** A duration as people read it: `38 ms`, `1.2 s`. */
export function durationWords(ms: number): string {
  return ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** `1 error, 2 warnings`; empty for none. */
export function findingCounts(findings: ReviewedMigration["findings"]): string {
  const count = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) count[severity] += 1;
  return [
    ...(count.error === 0 ? [] : [counted(count.error, "error")]),
    ...(count.warning === 0 ? [] : [counted(count.warning, "warning")]),
    ...(count.info === 0 ? [] : [counted(count.info, "note")]),
  ].join(", ");
}

/** Whether there is more to say of a migration than that it was checked. */
export function hasToTell(
  { findings, verification }: ReviewedMigration,
  policy: DownPolicy,
): boolean {
  return (
    findings.length > 0 ||
    (verification !== undefined &&
      (failuresOf(verification, policy).length > 0 ||
        verification.cautions !== undefined ||
        verification.idleStatements !== undefined))
  );
}
