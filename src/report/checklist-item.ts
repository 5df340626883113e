import type { NeededItem } from "../core/gate.ts";
import { code, inline, prose } from "./escape-markdown.ts";

/** An item as a person reads it, with the tables that it is about: Markdown of one line. */
export function itemMarkdown({ item, tables }: NeededItem): string {
  const title = `**${prose(item.title, 200)}**`;
  if (item.text === undefined || item.text === "") return title;
  const about = tables.length === 0 ? "the tables in question" : named(tables);
  const text = item.text
    .split("{tables}")
    .map((part) => spaced(part))
    .join(about);
  return /^[,.:;]/.test(item.text) ? title + text : `${title} ${text}`;
}

/** Prose with the spaces around it, which part it from the names. */
function spaced(part: string): string {
  if (part.trim() === "") return part === "" ? "" : " ";
  return (part.startsWith(" ") ? " " : "") + prose(part, 400) + (part.endsWith(" ") ? " " : "");
}

/** The same of an item that somebody has to confirm, with the migrations that need it. */
export function gateLabel(needed: NeededItem): string {
  const shown = needed.migrations.slice(0, 3).map(({ id }) => code(id, 80));
  const rest = needed.migrations.length - shown.length;
  const more = rest === 0 ? "" : ` and ${rest} more`;
  return `${itemMarkdown(needed)} (${shown.join(", ")}${more})`;
}

/** A few names, and how many there are besides. */
export function named(names: readonly string[]): string {
  const shown = names.slice(0, 4).map((name) => inline(name, 80));
  const rest = names.length - shown.length;
  return [...shown, ...(rest === 0 ? [] : [`${rest} more`])].join(", ");
}
