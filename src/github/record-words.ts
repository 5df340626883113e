import { code } from "../report/escape-markdown.ts";
import { findChecklist, updateComment } from "./checklist-comment.ts";
import { helpOf } from "./command-help.ts";
import { rewriteComment } from "./compose-comment.ts";
import { giveWords, type Answer, type Wish } from "./give-words.ts";
import { foundComment, recordedWords } from "./recorded-words.ts";
import { placeOf, settleIfChanged, speakerOf } from "./record-tick.ts";
import type { CommandContext, Outcome } from "./run-command.ts";
import { readTrusted } from "./trusted-comment.ts";

/** `/migrate-approve` and `/migrate-revoke`: the same act as a tick, with a reason. */
export async function recordWords(
  wishes: readonly Wish[],
  context: CommandContext,
): Promise<readonly Outcome[]> {
  const { octokit, job, deps, comment, pull } = context;
  const checklist = await findChecklist(octokit, job, deps.self);
  if (checklist === undefined) {
    return [
      {
        done: false,
        text: "There is no checklist on this pull request yet: nothing has to be confirmed.",
      },
    ];
  }
  const place = placeOf(job, deps);
  const found = await foundComment(octokit, checklist, {
    ...deps,
    recorded: () => recordedWords(octokit, job, pull.head),
  });
  const base = readTrusted(found, place);
  if (base.body === undefined || base.state === undefined) {
    await deps.review({ ...job, kind: "review", head: "", reason: "edited by hand", again: true });
    return [
      {
        done: false,
        text: `${base.fault ?? ""} It is written anew: look at it, and say it again.`,
      },
    ];
  }
  const speaker = await speakerOf(octokit, { ...job, author: pull.author }, base.state, deps);
  const { state, answers } = await giveWords(base.state, wishes, {
    ...speaker,
    ...(checklist.updatedAt > comment.createdAt ? { saidAt: comment.createdAt } : {}),
  });
  const composed = rewriteComment(base.body, state, place);
  if (composed.text !== checklist.text) {
    await updateComment(octokit, job.repo, checklist.id, composed.text);
  }
  await settleIfChanged(job, { before: base.state, after: state, outcome: composed.outcome }, deps);
  return answers.map((answer) => outcomeOf(answer));
}

function outcomeOf({ item, given, permission }: Answer): Outcome {
  if (permission.allowed) return { done: true };
  const what = `${code(item)} is not ${given ? "confirmed" : "taken back"}: ${permission.why}.`;
  return { done: false, text: `${what}\n\n${helpOf(given ? "approve" : "revoke")}` };
}
