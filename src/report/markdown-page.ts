import type { ReviewedMigration } from "../core/review.ts";
import type { Rule } from "../core/rule.ts";
import { code, link } from "./escape-markdown.ts";
import type { GateList } from "./markdown-gates.ts";
import type { ReportInput } from "./report-input.ts";
import type { SourceText } from "./source-text.ts";
import { grouped } from "./grouped.ts";

/** How much of a review a comment tells; smaller numbers where it would not fit otherwise. */
export interface Detail {
  /** Rows of the table of migrations. */
  readonly rows: number;
  /** Findings with their code, and findings in a line. */
  readonly findings: number;
  readonly briefFindings: number;
  /** Statements of the table of locks. */
  readonly statements: number;
  /** Lines of the schema difference. */
  readonly changes: number;
  /** Entries of every other list. */
  readonly entries: number;
}

/** From everything to what is left when a hundred migrations speak at once. */
export const DETAILS: readonly Detail[] = [
  { rows: 200, findings: 100, briefFindings: 0, statements: 100, changes: 200, entries: 50 },
  { rows: 100, findings: 30, briefFindings: 70, statements: 30, changes: 60, entries: 20 },
  { rows: 60, findings: 10, briefFindings: 50, statements: 0, changes: 0, entries: 10 },
  { rows: 30, findings: 0, briefFindings: 25, statements: 0, changes: 0, entries: 5 },
  { rows: 8, findings: 0, briefFindings: 0, statements: 0, changes: 0, entries: 2 },
];

export interface MarkdownOptions {
  /** The longest text, in UTF-16 units, from 500. Default: 65,000, which GitHub's comments take. */
  readonly limit?: number;
  /** The address of a file, at a line where one is given. */
  readonly fileAddress?: (path: string, line?: number) => string;
  /** What somebody has to confirm, and did; absent where nobody can tick a box. */
  readonly gates?: GateList;
  /** The address of a rule's page. */
  readonly rulePage?: (rule: string) => string;
}

/** What the parts of the comment share. */
export interface MarkdownPage {
  readonly input: ReportInput;
  readonly migrations: readonly ReviewedMigration[];
  readonly rules: ReadonlyMap<string, Rule>;
  readonly source: (path: string) => SourceText | undefined;
  readonly options: MarkdownOptions;
  readonly detail: Detail;
}

/** The name of a migration, which leads to its file. */
export function migrationLink({ id, path }: ReviewedMigration, page: MarkdownPage): string {
  return link(code(id, 100), page.options.fileAddress?.(path));
}

/** A place of a file by the file's name: the path is in the link. */
export function placeLink(path: string, line: number | undefined, page: MarkdownPage): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const text = code(line === undefined ? name : `${name}:${line}`, 150);
  return link(text, page.options.fileAddress?.(path, line));
}

/** A rule by its id, which leads to its page. */
export function ruleLink(id: string, page: MarkdownPage): string {
  return link(code(id), page.rules.has(id) ? page.options.rulePage?.(id) : undefined);
}

/** The first items of a list, and how many there are besides. */
export function bullets<Item>(
  items: readonly Item[],
  most: number,
  markdown: (item: Item) => string,
): string {
  const shown = items.slice(0, most).map((item) => `- ${markdown(item)}`);
  const rest = items.length - shown.length;
  return [...shown, ...(rest === 0 ? [] : [`- and ${grouped(rest)} more`])].join("\n");
}
