import type { Octokit } from "@octokit/core";
import { checkOutcome } from "../report/comment-title.ts";
import { headline } from "../report/headline.ts";
import { UserError } from "../core/user-error.ts";
import { titled } from "../github/check-words.ts";
import { postSuggestions } from "../github/post-suggestions.ts";
import { linksInto } from "../github/pull-request.ts";
import { reviewChange, type ChangeReview, type ReviewedChange } from "../github/review-change.ts";
import { reviewHead } from "../github/review-head.ts";
import { reviewGroup } from "../github/review-merge-group.ts";
import { unreviewable } from "../github/unreviewable.ts";
import { writeChecklist } from "../github/write-checklist.ts";
import { openCheckout, openFolder } from "./checkout.ts";
import { loginOf, openClient } from "./client.ts";
import { readConfig } from "./config.ts";
import type { ActionEvent, PullEvent } from "./event.ts";
import type { Inputs } from "./inputs.ts";
import type { ActionStreams, ToldReview } from "./outputs.ts";
import { actionTools } from "./tools.ts";

/** Reviews what the event is about, and writes comment and suggestions where it is a pull request. */
export async function reviewEvent(
  event: Exclude<ActionEvent, { readonly kind: "workflow-run" | "comment" }>,
  inputs: Inputs,
  streams: ActionStreams,
): Promise<ToldReview> {
  switch (event.kind) {
    case "pull":
      return reviewPullEvent(event, inputs, streams);
    case "group": {
      const octokit = await openClient(inputs.token);
      const job = { ...event, kind: "merge-group" as const };
      const options = { mode: inputs.command, ...narrowing(inputs, streams.env) };
      return judged(await reviewGroup(octokit, job, await actionTools(inputs, streams), options));
    }
    case "other":
      return judged(await reviewFolder(event, inputs, streams));
  }
}

function judged(reviewed: ChangeReview): ToldReview {
  const { review } = reviewed;
  const outcome = checkOutcome({ verdict: review.verdict, headline: headline(review) }, []);
  return { reviewed, outcome: titled(outcome, review), links: {}, notes: [] };
}

async function reviewPullEvent(
  event: PullEvent,
  inputs: Inputs,
  streams: ActionStreams,
): Promise<ToldReview> {
  const { env, write } = streams;
  const { repo, head, base } = event;
  const [octokit, checkout] = await Promise.all([
    openClient(inputs.token),
    openCheckout(env["GITHUB_WORKSPACE"] ?? ".", event),
  ]);
  const tools = await actionTools(inputs, streams);
  const narrowed = narrowing(inputs, env);
  write(
    checkout === undefined ? "Reading the pull request from GitHub.\n" : "Reading the checkout.\n",
  );
  const reviewed =
    checkout === undefined
      ? await reviewHead(
          octokit,
          { repo, base: base.name, baseName: base.name, head, mode: inputs.command, ...narrowed },
          tools,
        )
      : await reviewOrTell({ ...checkout, mode: inputs.command, ...narrowed }, inputs, streams);
  const links = linksInto(event.repositoryUrl, head);
  return publish(octokit, event, { reviewed, links }, inputs, streams);
}

/** What the inputs say over the configuration's file. */
function narrowing(
  { paths, framework, config }: Inputs,
  env: NodeJS.ProcessEnv,
): Pick<ReviewedChange, "paths" | "framework" | "config"> {
  return {
    paths,
    ...(framework === undefined ? {} : { framework }),
    ...(config === undefined ? {} : { config: readConfig(config, env["GITHUB_WORKSPACE"] ?? ".") }),
  };
}

async function reviewOrTell(
  change: ReviewedChange,
  inputs: Inputs,
  streams: ActionStreams,
): Promise<ChangeReview> {
  const tools = await actionTools(inputs, streams);
  try {
    return await reviewChange(change, tools);
  } catch (error) {
    if (error instanceof UserError) return unreviewable(error, tools.rules, change);
    throw error;
  }
}

async function publish(
  octokit: Octokit,
  { repo, pull, head }: PullEvent,
  { reviewed, links }: Pick<ToldReview, "reviewed" | "links">,
  inputs: Inputs,
  { env }: ActionStreams,
): Promise<ToldReview> {
  const self = await loginOf(octokit);
  const run = Number(env["GITHUB_RUN_ID"]);
  const place = { repo, pull, head, self };
  const { outcome, notes } = await writeChecklist(octokit, reviewed, {
    ...place,
    now: new Date(),
    links,
    writes: inputs.comment,
    ...(Number.isSafeInteger(run) && run > 0 ? { run } : {}),
  });
  if (inputs.suggestions) {
    const suggested = await postSuggestions(octokit, reviewed.report, place);
    if (typeof suggested === "object") notes.push(`No suggestions: ${suggested.refused}.`);
  }
  return { reviewed, outcome: titled(outcome, reviewed.review), links, notes };
}

/** A push, a schedule, a person's own start: what changed has to be said. */
async function reviewFolder(
  { name, before }: Extract<ActionEvent, { readonly kind: "other" }>,
  inputs: Inputs,
  streams: ActionStreams,
): Promise<ChangeReview> {
  const { env } = streams;
  const since = inputs.since ?? before;
  if (since === undefined && !inputs.all) {
    throw new UserError(`The event ${name} names no change that could be reviewed.`, {
      hint: "Run on pull_request and merge_group, or set the input since or all.",
    });
  }
  const folder = await openFolder(env["GITHUB_WORKSPACE"] ?? ".", {
    all: inputs.all,
    ...(since === undefined || inputs.all ? {} : { since }),
  });
  return reviewOrTell(
    { ...folder, mode: inputs.command, ...narrowing(inputs, env) },
    inputs,
    streams,
  );
}
