import type { Octokit } from "@octokit/core";
import { UserError } from "../core/user-error.ts";
import type { RepoRef } from "../github/job.ts";
import { postSuggestions } from "../github/post-suggestions.ts";
import { linksInto } from "../github/pull-request.ts";
import { reviewHead } from "../github/review-head.ts";
import { withRuns } from "../github/reported-runs.ts";
import { writeChecklist } from "../github/write-checklist.ts";
import { loginOf, openClient } from "./client.ts";
import type { ActionEvent } from "./event.ts";
import type { Inputs } from "./inputs.ts";
import type { ActionStreams } from "./outputs.ts";
import { escaped } from "./outputs.ts";
import { readReport } from "./report-document.ts";
import { actionTools } from "./tools.ts";

type RunEvent = Extract<ActionEvent, { readonly kind: "workflow-run" }>;

/**
 * Posts the comment for a workflow run that could not, because it ran for a fork. The report that it
 * left is untrusted: it tells only how the migrations ran. What they are, what the rules say of them
 * and which words they need is found here, from the commit itself and the base branch's
 * configuration. The pull request is found by the run's head, never by what the run says.
 */
export async function postReport(
  event: RunEvent,
  inputs: Inputs,
  streams: ActionStreams,
): Promise<void> {
  const { write } = streams;
  if (event.event !== "pull_request") {
    write(`Nothing to post: the run was for ${escaped(event.event)}.\n`);
    return;
  }
  if (inputs.report === undefined) {
    throw new UserError("A workflow that follows another one needs the input report.", {
      hint: "Set it to the path of the report that was downloaded: report: migrate-verify.json",
    });
  }
  const reported = readReport(inputs.report);
  const octokit = await openClient(inputs.token);
  const pulls = await pullsOf(octokit, event);
  if (pulls.length === 0) {
    write("Nothing to post: no open pull request has the run's commit as its newest head.\n");
    return;
  }
  const self = await loginOf(octokit);
  const tools = await actionTools(inputs, streams);
  for (const { number, base, repositoryUrl } of pulls) {
    const { repo, head } = event;
    const at = { repo, base, baseName: base, head, mode: "lint" as const };
    const reviewed = withRuns(await reviewHead(octokit, at, tools), reported);
    const place = { repo, pull: number, head, self };
    const { notes } = await writeChecklist(octokit, reviewed, {
      ...place,
      now: new Date(),
      links: linksInto(repositoryUrl, head),
      run: event.run,
    });
    if (inputs.suggestions) {
      const suggested = await postSuggestions(octokit, reviewed.report, place);
      if (typeof suggested === "object") notes.push(`No suggestions: ${suggested.refused}.`);
    }
    for (const note of notes) write(`::warning title=migrate-verify::${escaped(note)}\n`);
    write(`Posted the report on #${number}.\n`);
  }
}

interface PostedPull {
  readonly number: number;
  readonly base: string;
  readonly repositoryUrl: string;
}

/** The open pull requests whose newest head is the run's, in the run's repository. */
async function pullsOf(octokit: Octokit, event: RunEvent): Promise<readonly PostedPull[]> {
  const { repo, head, headRepository, headBranch } = event;
  const [owner = ""] = headRepository.split("/");
  const pulls = await listPulls(octokit, repo, `${owner}:${headBranch}`);
  return pulls.flatMap((pull) =>
    pull.head.sha === head && pull.head.repo?.full_name === headRepository
      ? [{ number: pull.number, base: pull.base.ref, repositoryUrl: pull.base.repo.html_url }]
      : [],
  );
}

async function listPulls(octokit: Octokit, { owner, name }: RepoRef, head: string) {
  const { data } = await octokit.request("GET /repos/{owner}/{repo}/pulls", {
    owner,
    repo: name,
    state: "open",
    head,
    per_page: 100,
  });
  return data;
}
