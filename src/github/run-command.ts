import type { Octokit } from "@octokit/core";
import { reaches } from "../core/confirm.ts";
import { answerComment, react } from "./answer-comment.ts";
import { readComment, type IssueComment } from "./checklist-comment.ts";
import { readCommands, type Command, type WrongCommand } from "./command.ts";
import { allHelp, helpOf, planAnswer } from "./command-help.ts";
import { explainRule, unknownRule } from "./explain-rule.ts";
import type { Wish } from "./give-words.ts";
import type { CommandJob } from "./job.ts";
import { accessOf } from "./people.ts";
import { readPull, type PullRequest } from "./pull.ts";
import type { Surroundings } from "./surroundings.ts";
import { verifyAgain } from "./verify-again.ts";
import { recordWords } from "./record-words.ts";

/** How a command ended. */
export interface Outcome {
  readonly done: boolean;
  /** Markdown; absent where the reaction, or the checklist comment, says it all. */
  readonly text?: string;
}

/** What a command runs with. */
export interface CommandContext {
  readonly octokit: Octokit;
  readonly job: CommandJob;
  readonly deps: Surroundings;
  /** The comment that holds the command. */
  readonly comment: IssueComment;
  readonly pull: PullRequest;
}

/**
 * Does what a new comment asks for: an eyes reaction at once, then a thumb, and one answer where there
 * is something to say. Throws what octokit throws; done again, it answers no second time.
 */
export async function runCommand(
  octokit: Octokit,
  job: CommandJob,
  deps: Surroundings,
): Promise<void> {
  const commands = readCommands(job.text);
  if (commands.length === 0 || job.sender === deps.self || isBot(job.sender)) return;
  const comment = await readComment(octokit, job.repo, job.comment);
  // Deleted meanwhile, or written by somebody else than the event says.
  if (comment === undefined || comment.author !== job.sender) return;
  await react(octokit, job, "eyes");
  const pull = await readPull(octokit, job.repo, job.pull);
  const context = { octokit, job, deps, comment, pull };
  const outcomes = await runAll(commands, context);
  const texts = outcomes.flatMap(({ text }) => text ?? []);
  if (texts.length > 0) {
    await answerComment(octokit, job, {
      text: texts.join("\n\n---\n\n"),
      self: deps.self,
      since: comment.createdAt,
    });
  }
  await react(octokit, job, outcomes.every(({ done }) => done) ? "+1" : "-1");
}

function isBot(login: string): boolean {
  return login.endsWith("[bot]");
}

/** Words are recorded together, after the rest: a comment is written once. */
async function runAll(
  commands: readonly (Command | WrongCommand)[],
  context: CommandContext,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const wishes: Wish[] = [];
  for (const command of commands) {
    if ("wrong" in command) {
      outcomes.push({ done: false, text: `${command.wrong}. ${helpOf(command.name)}` });
    } else if ("item" in command) {
      const { name, item, reason } = command;
      const why = reason === undefined ? {} : { reason };
      wishes.push({ item, given: name === "approve", ...why });
    } else {
      outcomes.push(await runOne(command, context));
    }
  }
  return wishes.length === 0 ? outcomes : [...outcomes, ...(await recordWords(wishes, context))];
}

async function runOne(
  command: Exclude<Command, { readonly item: string }>,
  context: CommandContext,
): Promise<Outcome> {
  switch (command.name) {
    case "help":
      return { done: true, text: allHelp() };
    case "plan":
      return { done: false, text: planAnswer() };
    case "explain": {
      const text = explainRule(context.deps.rules, command.rule);
      return text === undefined
        ? { done: false, text: unknownRule(context.deps.rules, command.rule) }
        : { done: true, text };
    }
    case "verify":
      return (await mayVerify(context))
        ? verifyAgain(command, context)
        : {
            done: false,
            text: "Only the author of the pull request, or somebody with triage access, can ask for that.",
          };
  }
}

/** A push runs it as well; others could only keep the machines busy. */
async function mayVerify({ octokit, job, pull }: CommandContext): Promise<boolean> {
  if (job.sender === pull.author) return true;
  return reaches(await accessOf(octokit, job.repo, job.sender), "triage");
}
