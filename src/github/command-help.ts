import type { CommandName } from "./command.ts";

interface CommandHelp {
  readonly usage: string;
  readonly what: string;
}

/** What each command is for, as `/migrate-help` and a wrong command show it. */
const HELP: Readonly<Record<CommandName, CommandHelp>> = {
  verify: {
    usage: "/migrate-verify [lint|verify] [SHA]",
    what: "checks the head again; with `lint` or `verify` only that half, told in an answer",
  },
  plan: { usage: "/migrate-plan", what: "plans the change in safe steps" },
  approve: {
    usage: "/migrate-approve ITEM why",
    what: "confirms an item of the checklist, as a tick of its box does",
  },
  revoke: { usage: "/migrate-revoke ITEM", what: "takes that back" },
  explain: {
    usage: "/migrate-explain RULE",
    what: "tells what a rule is about, for example `/migrate-explain require-concurrent-index`",
  },
  help: { usage: "/migrate-help", what: "shows this" },
};

/** One command, as Markdown. */
export function helpOf(name: CommandName): string {
  const { usage, what } = HELP[name];
  return `\`${usage}\` ${what}.`;
}

/** All commands, as Markdown. */
export function allHelp(): string {
  return [
    "A command is the first word of a line:",
    "",
    ...(Object.keys(HELP) as CommandName[]).map((name) => `- ${helpOf(name)}`),
  ].join("\n");
}

/** Plans are not made yet. The one place that says so: the button and the command ask it. */
export function planAnswer(): string {
  return "Plans in safe steps are not there yet. The findings of the checklist say what to do instead, one by one.";
}
