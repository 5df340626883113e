import { VERSION } from "./core/version.ts";
import { UserError } from "./core/user-error.ts";
import { statusOf } from "./github/request-error.ts";
import { readEvent } from "./action/event.ts";
import { readInputs } from "./action/inputs.ts";
import { type ActionStreams, escaped } from "./action/outputs.ts";

/**
 * Runs the Action for the event that started the workflow, and gives the exit status of its step.
 * Throws nothing: what stops it fails the step, because a check that did not run is not green.
 */
export async function runAction(streams: ActionStreams): Promise<number> {
  streams.write(`migrate-verify ${VERSION}\n`);
  try {
    return await run(streams);
  } catch (error) {
    tell(error, streams);
    return 1;
  }
}

async function run(streams: ActionStreams): Promise<number> {
  const { env, write } = streams;
  const inputs = readInputs(env);
  for (const secret of [inputs.token, inputs.databaseUrl ?? ""]) {
    if (secret !== "") write(`::add-mask::${escaped(secret)}\n`);
  }
  const event = readEvent(env);
  switch (event?.kind) {
    case undefined:
      write("Nothing to do for this event.\n");
      return 0;
    case "workflow-run":
      await (await import("./action/post-report.ts")).postReport(event, inputs, streams);
      return 0;
    case "comment":
      await (await import("./action/answer-event.ts")).answerEvent(event, inputs, streams);
      return 0;
    case "pull":
    case "group":
    case "other": {
      const { reviewEvent } = await import("./action/review-event.ts");
      const { writeOutputs } = await import("./action/outputs.ts");
      const told = await reviewEvent(event, inputs, streams);
      await writeOutputs(told, streams);
      return told.outcome.conclusion === "failure" ? 1 : 0;
    }
  }
}

function tell(error: unknown, { write }: ActionStreams): void {
  if (error instanceof UserError) {
    const text = [error.message, error.hint].filter((part) => part !== undefined).join(" ");
    write(`::error title=migrate-verify::${escaped(text)}\n`);
    return;
  }
  const status = statusOf(error);
  if (status !== undefined && error instanceof Error) {
    const text = `GitHub answered ${status} to what has to be read or written, so nothing is verified: ${error.message}`;
    write(`::error title=migrate-verify::${escaped(text)}\n`);
    return;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  write(
    `::error title=migrate-verify::${escaped("It stopped with an error of its own, and nothing was verified. Please report it, with the step's log.")}\n${stack.replaceAll(/^::/gm, " ::")}\n`,
  );
}
