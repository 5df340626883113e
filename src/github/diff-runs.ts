/** Lines of the new side of a diff that follow each other without a deleted line between them. */
export interface DiffRun {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a review of a file may speak, from its patch as GitHub shows it. A suggestion that replaces
 * several lines has to lie in one run: it cannot span deleted lines.
 */
export function diffRuns(patch: string): DiffRun[] {
  const runs: DiffRun[] = [];
  let next = 0;
  let start: number | undefined;
  const end = (): void => {
    if (start !== undefined) runs.push({ start, end: next - 1 });
    start = undefined;
  };
  for (const line of patch.split("\n")) {
    const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)/.exec(line)?.[1];
    if (hunk !== undefined) {
      end();
      next = Number(hunk);
    } else if (line.startsWith("+") || line.startsWith(" ")) {
      start ??= next;
      next += 1;
    } else if (line.startsWith("-")) end();
  }
  end();
  return runs;
}
