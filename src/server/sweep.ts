import type { ProbotOctokit } from "probot";
import type { Job, RepoRef, ReviewJob, SweepJob } from "../github/job.ts";

/** Whether GitHub shows a completed check of ours on a commit. */
interface CheckQuery {
  readonly appId: number;
  readonly checkName: string;
}

/**
 * The open pull requests of a repository whose newest head lacks our completed check: their delivery
 * never came, or what it asked for was lost.
 */
export async function uncheckedPulls(
  octokit: ProbotOctokit,
  { repo, since }: SweepJob,
  check: CheckQuery,
): Promise<readonly ReviewJob[]> {
  const place = { owner: repo.owner, repo: repo.name };
  const jobs: ReviewJob[] = [];
  const list = octokit.paginate.iterator(octokit.rest.pulls.list, {
    ...place,
    state: "open",
    sort: "updated",
    direction: "desc",
    per_page: 100,
  });
  for await (const { data } of list) {
    for (const { number, head, updated_at: at } of data) {
      if (new Date(at) < new Date(since)) return jobs;
      if (await isChecked(octokit, place, head.sha, check)) continue;
      jobs.push({ kind: "review", repo, pull: number, head: head.sha, reason: "sweep" });
    }
  }
  return jobs;
}

async function isChecked(
  octokit: ProbotOctokit,
  place: { readonly owner: string; readonly repo: string },
  ref: string,
  { appId, checkName }: CheckQuery,
): Promise<boolean> {
  const { data } = await octokit.rest.checks.listForRef({
    ...place,
    ref,
    check_name: checkName,
    app_id: appId,
    filter: "latest",
  });
  return data.check_runs.some(
    ({ status, conclusion }) => status === "completed" && conclusion !== "cancelled",
  );
}

/** A job for each repository that may hold open pull requests, of all installations. */
export async function* sweepJobs(
  app: ProbotOctokit,
  installationOctokit: (id: number) => Promise<ProbotOctokit>,
  since: Date,
): AsyncGenerator<Job> {
  const installations = app.paginate.iterator(app.rest.apps.listInstallations, { per_page: 100 });
  for await (const { data } of installations) {
    for (const { id, suspended_at: suspendedAt } of data) {
      if (suspendedAt != null) continue;
      for await (const repo of repositoriesOf(await installationOctokit(id), id)) {
        yield { kind: "sweep", repo, since: since.toISOString() };
      }
    }
  }
}

async function* repositoriesOf(
  octokit: ProbotOctokit,
  installation: number,
): AsyncGenerator<RepoRef> {
  const list = octokit.paginate.iterator(octokit.rest.apps.listReposAccessibleToInstallation, {
    per_page: 100,
  });
  for await (const { data } of list) {
    for (const { owner, name, archived, open_issues_count: open } of data) {
      // Pull requests are issues to this count.
      if (!archived && open !== 0) yield { owner: owner.login, name, installation };
    }
  }
}
