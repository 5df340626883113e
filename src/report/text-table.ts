import type { ReviewedMigration } from "../core/review.ts";
import type { Mark, Style } from "./style.ts";
import type { TextPage } from "./text-finding.ts";
import { untrustedLine } from "./untrusted.ts";
import {
  classWords,
  counted,
  durationWords,
  findingCounts,
  hasToTell,
  signOfDown,
  signOfStep,
  type Sign,
} from "./verification-words.ts";
import { fitted, padded, textWidth } from "./width.ts";

/** Rows of the table; beyond, migrations without anything to tell are left out first. */
const MOST_ROWS = 60;
const GAP = 2;
const LONGEST_NAME = 60;
const NO_CELL: Cell = { text: "" };

interface Cell {
  readonly text: string;
  readonly mark?: Mark;
}

type TablePage = Pick<TextPage, "style" | "width" | "down">;

/** A row for each migration: what it is, how its steps ended, how many findings it has. */
export function textTable(migrations: readonly ReviewedMigration[], page: TablePage): string[] {
  const verified = migrations.some(({ verification }) => verification !== undefined);
  const told =
    migrations.length > MOST_ROWS
      ? migrations.filter((migration) => hasToTell(migration, page.down))
      : migrations;
  const shown = told.slice(0, MOST_ROWS);
  const columns = COLUMNS.filter(({ needsRun }) => verified || !needsRun);
  const rows = shown.map((migration) => columns.map(({ cell }) => cell(migration, page)));
  const header = columns.map(({ title }): Cell => ({ text: title, mark: page.style.dim }));
  const left = migrations.length - rows.length;
  return [
    ...(rows.length === 0 ? [] : aligned([header, ...rows], page.width)),
    ...(left === 0
      ? []
      : [`  ${counted(left, rows.length === 0 ? "migration" : "more migration")}`]),
  ];
}

interface Column {
  readonly title: string;
  /** There only when migrations were run. */
  readonly needsRun: boolean;
  readonly cell: (migration: ReviewedMigration, page: TablePage) => Cell;
}

const CLASS: Column = {
  title: "class",
  needsRun: false,
  cell: (migration) => ({
    text: classWords(migration) + (migration.destructive ? ", destructive" : ""),
  }),
};

const COLUMNS: readonly Column[] = [
  {
    title: "migration",
    needsRun: false,
    cell: ({ id }) => ({ text: untrustedLine(id, LONGEST_NAME) }),
  },
  CLASS,
  {
    title: "up",
    needsRun: true,
    cell: ({ verification: run }, { style }) =>
      run === undefined ? NO_CELL : signed(signOfStep(run.up), timing(run.up.durationMs), style),
  },
  {
    title: "down",
    needsRun: true,
    cell: ({ verification: run }, { style, down }) =>
      run === undefined
        ? NO_CELL
        : signed(signOfDown(run.down.verdict, down), run.down.verdict, style),
  },
  {
    title: "up again",
    needsRun: true,
    cell: ({ verification: run }, { style }) =>
      run === undefined ? NO_CELL : signed(signOfStep(run.upAgain), "", style),
  },
  {
    title: "findings",
    needsRun: false,
    cell: ({ findings }) => ({ text: graveCounts(findings) }),
  },
];

/** Where the table is wider than the page, the class goes, which the findings tell too; then names are cut. */
function aligned(rows: readonly (readonly Cell[])[], width: number): string[] {
  const widths: number[] = [];
  for (const cells of rows) {
    cells.forEach(({ text }, column) => {
      widths[column] = Math.max(widths[column] ?? 0, textWidth(text));
    });
  }
  const total = widths.reduce((sum, one) => sum + one + GAP, 0);
  const [header] = rows;
  const classAt = header?.findIndex(({ text }) => text === CLASS.title) ?? -1;
  if (total > width && classAt >= 0) {
    return aligned(
      rows.map((cells) => cells.filter((_, column) => column !== classAt)),
      width,
    );
  }
  widths[0] = Math.max(12, (widths[0] ?? 0) - Math.max(0, total - width));
  return rows.map((cells) =>
    cells
      .map(({ text, mark }, column) => {
        const columns = widths[column] ?? 0;
        const shown = fitted(text, columns);
        const space = padded(shown, columns).slice(shown.length);
        return " ".repeat(GAP) + (mark === undefined ? shown : mark(shown)) + space;
      })
      .join("")
      .trimEnd(),
  );
}

/** The counts without the notes, where there is anything graver. */
function graveCounts(findings: ReviewedMigration["findings"]): string {
  const grave = findings.filter(({ severity }) => severity !== "info");
  return findingCounts(grave.length === 0 ? findings : grave);
}

function signed(sign: Sign, text: string, style: Style): Cell {
  const [symbol, mark] = {
    good: ["✓", style.green] as const,
    bad: ["✗", style.red] as const,
    none: ["–", style.dim] as const,
  }[sign];
  return { text: `${symbol} ${text}`.trimEnd(), mark };
}

function timing(ms: number | undefined): string {
  return ms === undefined ? "" : durationWords(ms);
}
