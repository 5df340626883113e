import { ITEM_ID } from "../core/checklist.ts";
import { nearest } from "../core/nearest.ts";
import { spokenLines } from "./spoken-lines.ts";

export const COMMANDS = ["verify", "plan", "approve", "revoke", "explain", "help"] as const;
export type CommandName = (typeof COMMANDS)[number];

/** What somebody asks for in a comment. */
export type Command =
  | {
      readonly name: "verify";
      readonly mode: "check" | "lint" | "verify";
      /** The head that they mean, at least seven digits of it. */
      readonly sha?: string;
    }
  | { readonly name: "explain"; readonly rule: string }
  | { readonly name: "approve" | "revoke"; readonly item: string; readonly reason?: string }
  | { readonly name: "plan" | "help" };

/** A command that is not written as it has to be. */
export interface WrongCommand {
  readonly wrong: string;
  /** The command whose help mends it. */
  readonly name: CommandName;
}

/** More in one comment are not read. */
const MOST = 10;
/** Longest reason that is kept, in UTF-16 units. */
const LONGEST_REASON = 300;

/**
 * The commands of a comment: each is the first word of a line, outside of quotes and code. A word that
 * is near a command but none is a wrong one; other words that begin with a slash are for others.
 */
export function readCommands(text: string): readonly (Command | WrongCommand)[] {
  const commands: (Command | WrongCommand)[] = [];
  for (const line of spokenLines(text)) {
    const [, word, rest = ""] = /^(\/[A-Za-z][A-Za-z-]{0,30})(?:[ \t]+(.*))?$/.exec(line) ?? [];
    if (word === undefined) continue;
    const command = readCommand(word.toLowerCase(), rest.trim());
    if (command !== undefined) commands.push(command);
    if (commands.length === MOST) break;
  }
  return commands;
}

const WORDS = COMMANDS.map((name) => `/migrate-${name}`);

function readCommand(word: string, rest: string): Command | WrongCommand | undefined {
  const name = COMMANDS[WORDS.indexOf(word)];
  if (name !== undefined) return READERS[name](rest);
  const near = word.startsWith("/migrate-") ? nearest(word, WORDS) : undefined;
  const meant = COMMANDS[WORDS.indexOf(near ?? "")];
  return meant === undefined ? undefined : { wrong: `\`${word}\` is no command`, name: meant };
}

const READERS: Readonly<Record<CommandName, (rest: string) => Command | WrongCommand>> = {
  verify: readVerify,
  plan: () => ({ name: "plan" }),
  help: () => ({ name: "help" }),
  explain: readExplain,
  approve: (rest) => readWord("approve", rest),
  revoke: (rest) => readWord("revoke", rest),
};

function readVerify(rest: string): Command | WrongCommand {
  const words = rest
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const mode = words.find((word) => word === "lint" || word === "verify");
  const others = words.filter((word) => word !== mode);
  const [sha] = others;
  if (others.length > 1 || (sha !== undefined && !/^[0-9a-f]{7,64}$/.test(sha))) {
    const found = others.find((word) => !/^[0-9a-f]{7,64}$/.test(word)) ?? others.at(-1) ?? "";
    return { wrong: `\`${shown(found)}\` is not understood`, name: "verify" };
  }
  return { name: "verify", mode: mode ?? "check", ...(sha === undefined ? {} : { sha }) };
}

function readExplain(rest: string): Command | WrongCommand {
  const rule = rest.replaceAll("`", "").toLowerCase();
  if (rule === "") return { wrong: "the rule is missing", name: "explain" };
  return /^[a-z][a-z0-9-]{0,99}$/.test(rule)
    ? { name: "explain", rule }
    : { wrong: `\`${shown(rule)}\` is not the id of a rule`, name: "explain" };
}

function readWord(name: "approve" | "revoke", rest: string): Command | WrongCommand {
  const [, first = "", reason = ""] = /^(\S*)\s*(.*)$/.exec(rest) ?? [];
  const item = first.replaceAll("`", "").replace(/[,:]$/, "").toLowerCase();
  if (item === "") return { wrong: "the item is missing", name };
  if (!ITEM_ID.test(item)) return { wrong: `\`${shown(first)}\` is not the id of an item`, name };
  const why = reason.trim().slice(0, LONGEST_REASON);
  return { name, item, ...(why === "" ? {} : { reason: why }) };
}

/** What somebody wrote, short and with nothing in it that Markdown reads. */
function shown(text: string): string {
  return text.replace(/[^\p{L}\p{N}./:-]/gu, "").slice(0, 40);
}
