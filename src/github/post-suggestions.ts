import type { Octokit } from "@octokit/core";
import type { Finding } from "../core/finding.ts";
import { allPlaces } from "../core/join-findings.ts";
import type { ReportInput } from "../report/report-input.ts";
import { counted } from "../report/verification-words.ts";
import { type DiffRun, diffRuns } from "./diff-runs.ts";
import type { RepoRef } from "./job.ts";
import { refusalOf } from "./publish-comment.ts";
import { keyOf, type Suggestion, suggestionOf } from "./suggestion.ts";

/** Suggestions of one review: more are noise, and the report has them all. */
const MOST = 20;

const PAGE = 100;

/** Where suggestions go. */
export interface SuggestionPlace {
  readonly repo: RepoRef;
  readonly pull: number;
  /** SHA of the reviewed head. */
  readonly head: string;
  /** Login under which we write. */
  readonly self: string;
}

/**
 * Posts the fixes of a review's findings as one review with suggestions, those that were posted
 * before left out. Answers how many were posted, or why GitHub refused; asks nothing when there is
 * no fix.
 */
export async function postSuggestions(
  octokit: Octokit,
  report: ReportInput,
  place: SuggestionPlace,
): Promise<number | { readonly refused: string }> {
  const findings = fixable(report);
  if (findings.length === 0) return 0;
  try {
    const runs = await runsOf(octokit, place, new Set(findings.map(({ path }) => path)));
    const suggestions = suggestionsOf(findings, report, runs);
    if (suggestions.length === 0) return 0;
    const posted = await postedKeys(octokit, place);
    const fresh = suggestions.filter(({ key }) => !posted.has(key)).slice(0, MOST);
    if (fresh.length > 0) await post(octokit, place, fresh);
    return fresh.length;
  } catch (error) {
    const refused = refusalOf(error);
    if (refused === undefined) throw error;
    return { refused };
  }
}

function fixable({ review }: ReportInput): Finding[] {
  return review.projects
    .flatMap(({ migrations }) => migrations.flatMap(({ findings }) => findings.flatMap(allPlaces)))
    .filter(({ fix }) => fix !== undefined && fix.edits.length > 0);
}

function suggestionsOf(
  findings: readonly Finding[],
  { texts }: ReportInput,
  runs: ReadonlyMap<string, readonly DiffRun[]>,
): Suggestion[] {
  const all: Suggestion[] = [];
  for (const finding of findings) {
    const text = texts(finding.path);
    if (text === undefined) continue;
    const one = suggestionOf(finding, text, runs.get(finding.path) ?? []);
    // Two suggestions on the same lines cannot both be taken.
    if (one !== undefined && !all.some((other) => overlap(one, other))) all.push(one);
  }
  return all;
}

function overlap(one: Suggestion, other: Suggestion): boolean {
  return one.path === other.path && one.startLine <= other.line && other.startLine <= one.line;
}

/** The lines of the diff, of the files in question. */
async function runsOf(
  octokit: Octokit,
  { repo, pull }: SuggestionPlace,
  paths: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly DiffRun[]>> {
  const runs = new Map<string, readonly DiffRun[]>();
  for (let page = 1; ; page += 1) {
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", {
      owner: repo.owner,
      repo: repo.name,
      pull_number: pull,
      per_page: PAGE,
      page,
    });
    for (const { filename, patch = "" } of data) {
      if (paths.has(filename)) runs.set(filename, diffRuns(patch));
    }
    if (data.length < PAGE || runs.size === paths.size) return runs;
  }
}

async function postedKeys(
  octokit: Octokit,
  { repo, pull, self }: SuggestionPlace,
): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (let page = 1; ; page += 1) {
    const { data } = await octokit.request(
      "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments",
      { owner: repo.owner, repo: repo.name, pull_number: pull, per_page: PAGE, page },
    );
    for (const { body, user } of data) {
      const key = user?.login === self ? keyOf(body) : undefined;
      if (key !== undefined) keys.add(key);
    }
    if (data.length < PAGE) return keys;
  }
}

async function post(
  octokit: Octokit,
  { repo, pull, head }: SuggestionPlace,
  suggestions: readonly Suggestion[],
): Promise<void> {
  await octokit.request("POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews", {
    owner: repo.owner,
    repo: repo.name,
    pull_number: pull,
    commit_id: head,
    event: "COMMENT",
    body: `migrate-verify offers ${counted(suggestions.length, "change")} that it linted against the whole history. Take them one by one, or all at once under “Files changed”.`,
    comments: suggestions.map(({ path, line, startLine, body }) => ({
      path,
      line,
      side: "RIGHT",
      ...(startLine === line ? {} : { start_line: startLine, start_side: "RIGHT" }),
      body,
    })),
  });
}
