import type { IgnoredFile, Project } from "../core/migration.ts";
import type { Unverified } from "../core/review.ts";
import { deletionMessage, isScriptName } from "../sources/change.ts";
import type { ChangeSet } from "./ports.ts";

/**
 * What keeps a review from being complete before any SQL is read: changed files that look like
 * migrations and are not read, gaps in the history of a touched project, and deleted migrations that
 * no migration under review can be asked about. A configured baseline accepts the history as it is.
 */
export function unreadOf(
  change: ChangeSet,
  projects: readonly Project[],
  unclaimed: readonly Unverified[],
  baseline: string | undefined,
): Unverified[] {
  const unread = unclaimed.filter(({ path }) => isChanged(change, path));
  for (const project of projects) {
    const touched = isTouched(change, project);
    for (const file of project.ignored) {
      if (isChanged(change, file.path)) unread.push({ path: file.path, reason: file.reason });
      else if (touched && baseline === undefined && file.gap === true) unread.push(gap(file));
    }
  }
  return [...unread, ...deletedWith(change, projects)];
}

function gap({ path, reason }: IgnoredFile): Unverified {
  return {
    path,
    reason: `${reason}. It is part of the history, so what it did is missing here; a baseline in the configuration accepts that`,
  };
}

/** Deleted migrations of projects that have no other change, or no migration left at all. */
function deletedWith(change: ChangeSet, projects: readonly Project[]): Unverified[] {
  const told = projects.filter((project) => isTouched(change, project));
  const deleted: Unverified[] = [];
  for (const [path, kind] of change.changes) {
    if (kind !== "deleted" || !isScriptName(path)) continue;
    if (told.some(({ faults }) => faults.some((fault) => fault.path === path))) continue;
    const known = projects.some(({ faults }) => faults.some((fault) => fault.path === path));
    if (known || /(?:^|\/)(?:db[-_]?)?migrations?\//i.test(path)) {
      deleted.push({ path, reason: deletionMessage(path) });
    }
  }
  return deleted;
}

function isTouched(change: ChangeSet, project: Project): boolean {
  return project.migrations.some(
    ({ up, down }) =>
      change.changes.has(up.path) || (typeof down !== "string" && change.changes.has(down.path)),
  );
}

function isChanged(change: ChangeSet, path: string): boolean {
  const kind = change.changes.get(path);
  return kind !== undefined && kind !== "deleted";
}
