import type { PartialFailure, PartialStep } from "../core/partial-failure.ts";

/** Whether a person has something to mend by hand after a stop there. */
export function isStuck({ upAgain, down }: PartialFailure): boolean {
  return upAgain.outcome === "failed" || down?.outcome === "failed";
}

/** What can be done after a stop, in a sentence; names and messages in it are untrusted. */
export function partialWords({ line, stopped, upAgain, down }: PartialFailure): string {
  const place = stopped === "within" ? `in the middle of line ${line}` : `after line ${line}`;
  const undo = down === undefined ? "" : `; down ${stepWords(down)}`;
  return `stopped ${place}, up again ${stepWords(upAgain)}${undo}`;
}

function stepWords({ outcome, error, difference }: PartialStep): string {
  if (outcome === "passed") return "works";
  if (outcome === "not-run") return "was not tried";
  if (error !== undefined) return `fails: ${error.message}`;
  const left = difference.filter(({ weight }) => weight === "semantic");
  const names = left.slice(0, 3).map(({ object, name }) => `${object} ${name}`);
  const rest = left.length - names.length;
  return `runs and does not mend ${names.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
