import type { Octokit } from "@octokit/core";
import type { Finding } from "../core/finding.ts";
import type { Review, ReviewedMigration } from "../core/review.ts";
import { decide } from "../review/verdict.ts";
import { groupSteps } from "./group-steps.ts";
import type { MergeGroupJob } from "./job.ts";
import type { ChangeReview } from "./review-change.ts";
import type { ReviewedHead } from "./review-head.ts";

/** Rules about the place of a migration among the others. */
const ORDER = new Set(["no-duplicate-version", "no-out-of-order-migration", "no-edited-migration"]);

/** More members than this are not looked at one by one. */
const MOST_MEMBERS = 100;

/** Lints what one member adds to what stands before it. */
type LintMember = (
  member: Pick<ReviewedHead, "base" | "baseName" | "head">,
) => Promise<ChangeReview>;

/**
 * Checks the members of a merge group against each other: each is merged on top of those before it,
 * and databases run it after theirs. As one change they may look fine where the later one takes a
 * number before the earlier one's.
 */
export async function withMembers(
  octokit: Octokit,
  job: MergeGroupJob,
  group: ChangeReview,
  lintMember: LintMember,
): Promise<ChangeReview> {
  const steps = await groupSteps(octokit, job.repo, job);
  if (steps === undefined || steps.length > MOST_MEMBERS + 1) {
    const reason = "the group has too many commits to check its members against each other";
    const unverified = [...group.review.unverified, { path: job.ref, reason }];
    return decided({ ...group.review, unverified }, group);
  }
  let { review } = group;
  // The first member meets nothing but the base, which the group's own review looks at.
  for (let index = 2; index < steps.length; index += 1) {
    const [base = "", head = ""] = steps.slice(index - 1, index + 1);
    const findings = orderFindings(await lintMember({ base, baseName: base.slice(0, 7), head }));
    review = { ...review, projects: review.projects.map((one) => added(one, findings)) };
  }
  return decided(review, group);
}

function orderFindings({ review }: ChangeReview): readonly Finding[] {
  return review.projects.flatMap(({ migrations }) =>
    migrations.flatMap(({ findings }) => findings.filter(({ rule }) => ORDER.has(rule))),
  );
}

/** A project with findings of its own migrations that it did not have yet. */
function added<Project extends { readonly migrations: readonly ReviewedMigration[] }>(
  project: Project,
  findings: readonly Finding[],
): Project {
  return {
    ...project,
    migrations: project.migrations.map((migration) => {
      const known = migration.findings;
      const fresh = findings.filter(
        ({ rule, path }) =>
          path === migration.path &&
          !known.some((finding) => finding.rule === rule && finding.path === path),
      );
      return fresh.length === 0 ? migration : { ...migration, findings: [...known, ...fresh] };
    }),
  };
}

function decided(review: Review, group: ChangeReview): ChangeReview {
  const { verdict, summary } = decide(review.projects, review.unverified, group.settings);
  const { durationMs } = review.summary;
  const told = { ...review, verdict, summary: { ...summary, durationMs } };
  return { ...group, review: told, report: { ...group.report, review: told } };
}
