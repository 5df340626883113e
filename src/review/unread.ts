import type { Project } from "../core/migration.ts";
import type { Unverified } from "../core/review.ts";
import type { ChangeSet } from "./ports.ts";

/**
 * What keeps a review from being complete before any SQL is read: changed files that look like
 * migrations and belong to no project, and files of a touched project that could not be read.
 */
export function unreadOf(
  change: ChangeSet,
  projects: readonly Project[],
  unclaimed: readonly Unverified[],
): Unverified[] {
  const unread = unclaimed.filter(({ path }) => isChanged(change, path));
  for (const project of projects) {
    const touched = project.migrations.some(({ up }) => change.changes.has(up.path));
    for (const { path, reason } of project.ignored) {
      if (touched || isChanged(change, path)) unread.push({ path, reason });
    }
  }
  return unread;
}

function isChanged(change: ChangeSet, path: string): boolean {
  const kind = change.changes.get(path);
  return kind !== undefined && kind !== "deleted";
}
