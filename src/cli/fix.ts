import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../core/user-error.ts";
import type { LocalChange } from "../git/change-set.ts";
import { untrustedLine } from "../report/untrusted.ts";
import type { FixedChange } from "../review/apply-fixes.ts";
import type { Terminal } from "./terminal.ts";

/** Writes the files that fixes edited and added. Throws UserError, before anything is written, where a file to add is there already. */
export function writeFixes(
  { texts }: FixedChange<LocalChange>,
  { root, files }: LocalChange,
): void {
  const known = new Set(files.paths);
  for (const path of texts.keys()) {
    if (known.has(path) || !existsSync(join(root, path))) continue;
    throw new UserError(`${path} is there already; nothing was fixed.`, {
      hint: "Add it to what is checked, or move it away.",
    });
  }
  for (const [path, text] of texts) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (known.has(path)) writeFileSync(file, byteOrderMark(file) + text);
    else writeFileSync(file, text, { flag: "wx" });
  }
}

/** A text is read without its byte order mark, and keeps it. */
function byteOrderMark(file: string): string {
  return readFileSync(file, "utf8").startsWith("\uFEFF") ? "\uFEFF" : "";
}

/** Every file that fixes edit or add, as a unified diff that `git apply` takes. */
export async function diffOf(
  { texts }: FixedChange<LocalChange>,
  { files }: LocalChange,
): Promise<string> {
  const { createTwoFilesPatch } = await import("diff");
  const known = new Set(files.paths);
  const patches = [...texts].map(([path, text]) => {
    const read = known.has(path) ? files.text(path) : { text: "" };
    const before = "text" in read ? read.text : "";
    const from = known.has(path) ? `a/${path}` : "/dev/null";
    const patch = createTwoFilesPatch(from, `b/${path}`, before, text, undefined, undefined, {
      context: 3,
    });
    return patch.replace(/^=+\n/, "");
  });
  return patches.join("");
}

/** A line for each finding that was mended. */
export function tellFixes(
  { applied, texts }: FixedChange<LocalChange>,
  { files }: LocalChange,
  terminal: Terminal,
): void {
  const known = new Set(files.paths);
  for (const { finding, fix } of applied) {
    const { path, rule } = finding;
    terminal.stderr.write(`fixed ${untrustedLine(path)}: ${untrustedLine(fix.title)} (${rule})\n`);
  }
  for (const path of texts.keys()) {
    if (!known.has(path)) terminal.stderr.write(`added ${untrustedLine(path)}\n`);
  }
  if (applied.length === 0) terminal.stderr.write("Nothing here can be fixed by itself.\n");
}
