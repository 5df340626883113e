import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckOutcome } from "../report/comment-title.ts";
import { VERSION } from "../core/version.ts";
import type { ChangeReview } from "../github/review-change.ts";
import { renderAnnotations } from "../report/github.ts";
import { renderMarkdown } from "../report/markdown.ts";
import type { MarkdownOptions } from "../report/markdown-page.ts";

/** In characters, at most three bytes each: a step's summary takes 1 MiB. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary */
const LONGEST_SUMMARY = 340_000;

/** What is told of a review in the workflow's run. */
export interface ToldReview {
  readonly reviewed: ChangeReview;
  readonly outcome: CheckOutcome;
  readonly links: MarkdownOptions;
  /** What could not be done, each a sentence. */
  readonly notes: readonly string[];
}

/** Where the Action writes. */
export interface ActionStreams {
  readonly env: NodeJS.ProcessEnv;
  readonly write: (text: string) => void;
}

/** What the job comes to, as the output says it. */
export type ActionVerdict = "pass" | "fail" | "unverified" | "waiting";

export function verdictOf({ reviewed, outcome }: ToldReview): ActionVerdict {
  const { verdict } = reviewed.review;
  return verdict === "pass" && outcome.conclusion === "failure" ? "waiting" : verdict;
}

/** Writes annotations, the job's summary, the reports' files and the outputs. */
export async function writeOutputs(told: ToldReview, { env, write }: ActionStreams): Promise<void> {
  const { reviewed, outcome, links, notes } = told;
  const { report, review } = reviewed;
  write(renderAnnotations(report));
  for (const note of notes) write(`::warning title=migrate-verify::${escaped(note)}\n`);
  const lead = notes.map((note) => `> ${note}\n\n`).join("");
  const core = await import("@actions/core");
  if (env["GITHUB_STEP_SUMMARY"] !== undefined) {
    const markdown = renderMarkdown(report, { ...links, limit: LONGEST_SUMMARY });
    await core.summary.addRaw(`${lead}${markdown}`).write();
  }
  for (const [name, value] of Object.entries({
    verdict: verdictOf(told),
    errors: review.summary.errors,
    warnings: review.summary.warnings,
    ...(await writeReports(reviewed, env["RUNNER_TEMP"] ?? ".")),
  })) {
    core.setOutput(name, value);
  }
  const failed = outcome.conclusion === "failure";
  write(`${failed ? "::error title=migrate-verify::" : ""}${escaped(outcome.title)}\n`);
}

async function writeReports(
  { report, review }: ChangeReview,
  folder: string,
): Promise<{ readonly "report-json": string; readonly "sarif-file": string }> {
  const [{ renderJson }, { renderSarif }] = await Promise.all([
    import("../report/json.ts"),
    import("../report/sarif.ts"),
  ]);
  mkdirSync(folder, { recursive: true });
  const files = {
    "report-json": join(folder, "migrate-verify.json"),
    "sarif-file": join(folder, "migrate-verify.sarif"),
  };
  writeFileSync(files["report-json"], renderJson(review));
  writeFileSync(files["sarif-file"], renderSarif(report, { version: VERSION }));
  return files;
}

/** Text of a workflow command. */
export function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
