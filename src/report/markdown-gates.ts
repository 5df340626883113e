import { whoWords } from "../core/confirm.ts";
import { isOpen, type Confirmation, type Gate } from "../core/gate.ts";
import { code, inline } from "./escape-markdown.ts";
import { shortened } from "./plain.ts";

/** What the comment says of the words that people gave, beside the review. */
export interface GateList {
  readonly gates: readonly Gate[];
  /** What became of words and edits that did not count; plain texts. */
  readonly notes: readonly string[];
}

/*
 * The section stands between two hidden marks, and each box's line has one behind its label: so a tick
 * is told from the text around it, and the section is written anew without the review. Untrusted text
 * cannot hold such a mark: it is escaped wherever it is rendered.
 */
const START = "<!-- gates -->";
const END = "<!-- /gates -->";
const BOX = /^- \[([ xX])\] (.*) <!-- gate:([a-z][a-z0-9-]{0,39}) -->(.*)$/;

/** What somebody has to confirm, with a box for each. Empty when it is nothing. */
export function gatesSection({ gates, notes }: GateList): string {
  if (gates.length === 0 && notes.length === 0) return "";
  return [START, "", ...sectionLines({ gates, notes }), "", END].join("\n");
}

/** The same in few words, for a comment that would be too long: what is asked for, by whom it was confirmed. */
export function briefly({ gates, notes }: GateList): GateList {
  return {
    gates: gates.map(({ confirmation, ...gate }) => ({
      ...withoutFallen(gate),
      label: TITLE.exec(gate.label)?.[0] ?? gate.label,
      ...(confirmation === undefined ? {} : { confirmation: shortWord(confirmation) }),
    })),
    notes: notes.slice(-1),
  };
}

function withoutFallen({ item, label, rule, content, since }: Gate): Gate {
  return { item, label, rule, content, since };
}

/** An asterisk of the title itself is escaped. */
const TITLE = /^\*\*.*?\*\*/;

function shortWord({ reason, ...word }: Confirmation): Confirmation {
  return reason === undefined ? word : { ...word, reason: shortened(reason, 40) };
}

function sectionLines({ gates, notes }: GateList): string[] {
  const told = notes.map((note) => `> ${inline(note, 400)}`).join("\n>\n");
  return [
    ...(gates.length === 0
      ? []
      : [
          "### Before merging, somebody confirms",
          ...gates.map((gate) => line(gate)),
          "",
          how(gates),
        ]),
    ...(told === "" ? [] : ["", told]),
  ];
}

function line(gate: Gate): string {
  const { label, item, confirmation, fallen } = gate;
  const sign = confirmation === undefined ? " " : "x";
  const said =
    confirmation === undefined
      ? fallen === undefined
        ? ""
        : `<br>The migration changed since it was confirmed by ${wordOf(fallen)}`
      : `<br>Confirmed by ${wordOf(confirmation)}`;
  return `- [${sign}] ${label} <!-- gate:${item} -->${said}`;
}

function wordOf({ by, at, reason, alone }: Confirmation): string {
  const why = reason === undefined ? "" : `: ${inline(reason, 300)}`;
  const author = alone === true ? ", the author, as nobody else could" : "";
  return `${code(by, 60)}${author}, ${timeWords(at)}${why}`;
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** `27 Nov 2026 14:02 UTC`. */
function timeWords(at: string): string {
  const [, year = "", month = "", day = "", time = ""] =
    /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2})/.exec(at) ?? [];
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? ""} ${year} ${time} UTC`;
}

function how(gates: readonly Gate[]): string {
  const example = (gates.find(isOpen) ?? gates[0])?.item ?? "";
  const needs = new Set(
    gates.map(({ rule }) => {
      const others = rule.notAuthor ? ", and not the author where somebody else can" : "";
      return inline(`${whoWords(rule)}${others}`, 300);
    }),
  );
  return `Tick a box, or write \`/migrate-approve ${example} and why\`. It needs ${[...needs].join("; or ")}. A word falls when the migration changes.`;
}

/** A box of a comment. */
export interface Box {
  readonly item: string;
  readonly ticked: boolean;
  readonly label: string;
}

/** The boxes of a comment, in order; of an item that stands there twice, the first. */
export function boxesOf(markdown: string): readonly Box[] {
  const boxes = new Map<string, Box>();
  for (const text of linesOf(markdown)) {
    const [, sign, label = "", item = ""] = BOX.exec(text) ?? [];
    if (sign === undefined || boxes.has(item)) continue;
    boxes.set(item, { item, ticked: sign !== " ", label });
  }
  return [...boxes.values()];
}

/** The comment with every box empty, and with GitHub's line ends: what is left when ticks do not count. */
export function withoutTicks(markdown: string): string {
  return linesOf(markdown)
    .map((text) => (BOX.test(text) ? text.replace(/^- \[[xX]\]/, "- [ ]") : text))
    .join("\n");
}

/** A browser sends line ends of its own. */
function linesOf(markdown: string): string[] {
  return markdown.split(/\r\n|\n|\r/);
}

/** The comment with other words in its section; as it was where it has none. */
export function replaceGates(markdown: string, list: GateList): string {
  const lines = linesOf(markdown);
  const start = lines.indexOf(START);
  const end = lines.indexOf(END, start);
  if (start === -1 || end === -1) return markdown;
  const section = gatesSection(list).split("\n");
  return [...lines.slice(0, start), ...section, ...lines.slice(end + 1)].join("\n");
}
