import type { Execution, MigrationScript, Project } from "../core/migration.ts";
import { ProjectDraft } from "./draft.ts";
import { type Folder, isProgram } from "./folder.ts";
import { linesOf } from "./line.ts";
import { sampleTexts } from "./manifest.ts";
import type { FolderSource } from "./source.ts";
import { compareText } from "./version.ts";

const NAME = /^(\d+).*\.sql$/;
/** A whole comment line; what follows the direction are options, `transaction:false`. */
const BLOCK = /^--[ \t]*migrate:(up|down)(?:[ \t]+([^\r\n]*))?\r?$/gm;

/** A line that begins with the mark of an up block. */
export const DBMATE_MARK = /^--[ \t]*migrate:up(?:\s|$)/m;

/**
 * dbmate. Files are run in the order of their names as text, whatever the numbers in them. A block
 * is sent as one query string within a transaction, unless its own mark says `transaction:false`.
 * Of two files with one version the second is never run: applied versions are passed over
 * (https://github.com/amacneil/dbmate#migration-options).
 */
export const dbmate: FolderSource = {
  framework: "dbmate",
  takes: "folder",
  detect(folder) {
    const files = folder.files.filter((file) => NAME.test(file));
    return sampleTexts(folder, files).some((text) => DBMATE_MARK.test(text));
  },
  read(folder): Project {
    const draft = new ProjectDraft("dbmate", folder);
    for (const file of folder.files.toSorted(compareText)) {
      const version = NAME.exec(file)?.[1];
      if (version !== undefined) readFile(folder, file, version, draft);
      else if (file.endsWith(".sql") || isProgram(file)) {
        const reason = "dbmate passes it over: its name does not begin with a number";
        draft.passOver(folder.pathOf(file), reason);
      }
    }
    draft.refuseDuplicates((version) => version, "dbmate runs one and passes the other over");
    return draft.finish();
  },
};

interface Block {
  readonly direction: "up" | "down";
  /** Where its mark begins. */
  readonly mark: number;
  readonly script: MigrationScript;
}

/** One up block and the down block behind it. */
function readFile(folder: Folder, file: string, version: string, draft: ProjectDraft): void {
  const path = folder.pathOf(file);
  const text = draft.text(folder, file);
  if (text === undefined) return;
  const blocks = blocksOf(path, text);
  const refusal = refusalOf(blocks, text);
  if (refusal !== undefined) return draft.gap(path, refusal);
  const [up, down] = blocks;
  if (up === undefined || down === undefined) return;
  draft.add({
    id: file.slice(0, -".sql".length),
    version,
    up: up.script,
    down: down.script,
  });
}

function blocksOf(path: string, text: string): Block[] {
  const marks = [...text.matchAll(BLOCK)];
  return marks.map((match, index) => {
    const [line, direction, options = ""] = match;
    const end = marks[index + 1]?.index ?? text.length;
    const start = Math.min(match.index + line.length, end);
    const execution: Execution = {
      transaction: !options.trim().split(/\s+/).includes("transaction:false"),
      sends: "script",
    };
    return {
      direction: direction === "down" ? "down" : "up",
      mark: match.index,
      script: { path, text, span: { start, end }, execution },
    };
  });
}

function refusalOf(blocks: readonly Block[], text: string): string | undefined {
  const first = blocks.find(({ direction }) => direction === "up");
  if (first === undefined) return "dbmate refuses a file without `-- migrate:up`";
  for (const line of linesOf(text.slice(0, first.mark))) {
    const trimmed = line.text.trim();
    if (trimmed !== "" && !trimmed.startsWith("--")) {
      return "dbmate refuses what stands before its first `-- migrate:up`";
    }
  }
  const directions = blocks.map(({ direction }) => direction).join(" ");
  if (/down down/.test(directions)) {
    return "dbmate refuses a second `-- migrate:down` after one `-- migrate:up`";
  }
  // Every up needs its own.
  if (/up(?: up|$)/.test(directions)) return "dbmate refuses a file without `-- migrate:down`";
  return directions === "up down"
    ? undefined
    : "dbmate stops at its second `-- migrate:up`: it records one version twice";
}
