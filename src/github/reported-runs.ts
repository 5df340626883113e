import type { Review, ReviewedMigration, ReviewedProject, Unverified } from "../core/review.ts";
import { decide } from "../review/verdict.ts";
import type { ChangeReview } from "./review-change.ts";

/**
 * A review that only linted, with what a report tells of how its migrations ran. Nothing else of the
 * report counts; a migration that it does not tell of is not verified.
 */
export function withRuns(linted: ChangeReview, reported: Review): ChangeReview {
  const runs = new Map(
    reported.projects.flatMap(({ migrations }) =>
      migrations.map((one) => [one.path, one] as const),
    ),
  );
  const untold: Unverified[] = [];
  const told = (migration: ReviewedMigration): ReviewedMigration => {
    const verification = runs.get(migration.path)?.verification;
    if (verification !== undefined) return { ...migration, verification };
    if (migration.change !== "deleted") {
      const reason = "the report of the other workflow does not tell how it ran";
      untold.push({ path: migration.path, reason });
    }
    return migration;
  };
  const { review } = linted;
  const drifts = new Map(reported.projects.map(({ root, drift }) => [root, drift]));
  const projects = review.projects.map((project): ReviewedProject => {
    const drift = drifts.get(project.root);
    return {
      ...project,
      migrations: project.migrations.map(told),
      ...(drift === undefined ? {} : { drift }),
    };
  });
  const unverified = [...unique([...review.unverified, ...reported.unverified]), ...untold];
  const { verdict, summary } = decide(projects, unverified, linted.settings);
  const { durationMs } = reported.summary;
  const whole: Review = {
    ...review,
    projects,
    unverified,
    verdict,
    summary: { ...summary, durationMs },
    scope: { ...review.scope, verify: reported.scope.verify },
    ...(reported.engine === undefined ? {} : { engine: reported.engine }),
  };
  return { ...linted, review: whole, report: { ...linted.report, review: whole } };
}

function unique(all: readonly Unverified[]): Unverified[] {
  return [...new Map(all.map((one) => [`${one.path}\0${one.reason}`, one])).values()];
}
