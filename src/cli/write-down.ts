import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Review } from "../core/review.ts";
import { UserError } from "../core/user-error.ts";
import { lossWords } from "../report/row-words.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Writes the down script that was derived from the one migration of a review, with what it does not
 * bring back in its first lines. An existing file is kept. Throws UserError when there is no one
 * migration, or the file cannot be written.
 */
export function writeDown({ projects }: Review, file: string, terminal: Terminal): void {
  const migrations = projects.flatMap((project) => project.migrations);
  const [migration, ...others] = migrations;
  if (migration === undefined || others.length > 0) {
    throw new UserError(`--write-down takes one migration, and ${migrations.length} changed.`, {
      hint: "Name its file: migrate-verify check FILE --write-down down.sql",
    });
  }
  const down = migration.verification?.down;
  const { candidate } = down ?? {};
  if (candidate === undefined) {
    terminal.stderr.write(`${file} was not written: the down is ${down?.verdict ?? "not run"}.\n`);
    return;
  }
  if ("reason" in candidate) {
    terminal.stderr.write(`${file} was not written: ${candidate.reason}.\n`);
    return;
  }
  const lost = lossWords(candidate.rows).map((words) => `-- Not brought back: ${words}.\n`);
  const path = resolve(terminal.cwd(), file);
  try {
    writeFileSync(path, `${lost.join("")}${candidate.sql}`, { flag: "wx" });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UserError(`${file} cannot be written (${code}).`);
  }
  terminal.stderr.write(`Wrote ${file}: it was run, and is ${candidate.verdict}.\n`);
}
