import type { ChangedFile } from "./git-store.ts";

/** The lines of each file's new side that a review may speak on: those of the hunks, context included. */
export function commentableLines(
  files: readonly ChangedFile[],
): ReadonlyMap<string, ReadonlySet<number>> {
  return new Map(files.map(({ path, patch }) => [path, linesOf(patch ?? "")]));
}

function linesOf(patch: string): Set<number> {
  const lines = new Set<number>();
  let next = 0;
  for (const line of patch.split("\n")) {
    const start = /^@@ -\d+(?:,\d+)? \+(\d+)/.exec(line)?.[1];
    if (start !== undefined) next = Number(start);
    else if (line.startsWith("+") || line.startsWith(" ")) {
      lines.add(next);
      next += 1;
    }
  }
  return lines;
}
