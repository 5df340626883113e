import type { ChangeSet } from "./ports.ts";

/** Files of a release. */
export interface Code {
  readonly paths: readonly string[];
  /** Undefined where there is no such file. */
  readonly read: (path: string) => Promise<string | undefined>;
}

/** The files as the base branch has them: most are those that the change leaves. Undefined: no base is known. */
export function baseCode(change: ChangeSet): Code | undefined {
  const { baseText, changes, files } = change;
  if (baseText === undefined) return undefined;
  return {
    paths: basePaths(change),
    read: async (path) => {
      if (changes.has(path)) return baseText(path);
      const read = files.text(path);
      // Through an API, a file that nobody asked for before is not here yet.
      return "text" in read ? read.text : baseText(path);
    },
  };
}

function basePaths({ changes, files }: ChangeSet): string[] {
  const gone = [...changes].filter(([, change]) => change === "deleted").map(([path]) => path);
  const kept = files.paths.filter((path) => changes.get(path) !== "added");
  return [...new Set([...kept, ...gone])].toSorted();
}
