import { filesOf, type IgnoredFile, type Project } from "../core/migration.ts";
import type { Unverified } from "../core/review.ts";
import { deletionMessage, isScriptName, isScriptOf } from "../sources/change.ts";
import { isBeforeBaseline } from "./baseline.ts";
import type { ChangeSet } from "./ports.ts";

/**
 * What keeps a review from being complete before any SQL is read: changed files that look like
 * migrations and are not read, gaps in the history of a touched project, and deleted migrations that
 * no rule tells of. A configured baseline accepts the history up to it as it is.
 *
 * @param lint whether the rules run: they tell of the deleted migrations of a project
 */
export function unreadOf(
  change: ChangeSet,
  projects: readonly Project[],
  unclaimed: readonly Unclaimed[],
  { baseline, lint }: { readonly baseline: string | undefined; readonly lint: boolean },
): Unverified[] {
  const unread: Unverified[] = [
    ...unclaimed.filter(({ path, leftAlone }) => leftAlone !== true && isChanged(change, path)),
    ...foreignOf(change, projects, unclaimed)
      .filter(({ isAccompanied }) => !isAccompanied)
      .map(({ path, reason }) => ({ path, reason: `${reason}, ${UNACCOMPANIED}` })),
  ];
  for (const project of projects) {
    const touched = isTouched(change, project);
    for (const file of project.ignored) {
      if (file.leftAlone === true) continue;
      if (isChanged(change, file.path)) unread.push({ path: file.path, reason: file.reason });
      else if (touched && file.gap === true && !isBeforeBaseline(project, file.path, baseline)) {
        unread.push(gap(file));
      }
    }
    if (lint) continue;
    for (const { kind, path, message } of project.faults) {
      if (kind === "deleted-migration" && !isBeforeBaseline(project, path, baseline)) {
        unread.push({ path, reason: message });
      }
    }
  }
  return [...unread, ...deletedProjects(change, projects)];
}

/** Changed files that are for other databases, where PostgreSQL's of the same version changed with them and was read. */
export function leftAloneOf(
  change: ChangeSet,
  projects: readonly Project[],
  unclaimed: readonly Unclaimed[],
): Unverified[] {
  return foreignOf(change, projects, unclaimed)
    .filter(({ isAccompanied }) => isAccompanied)
    .map(({ path, reason }) => ({ path, reason }));
}

type Unclaimed = Unverified & { readonly leftAlone?: true };

const UNACCOMPANIED = "and no migration of its version that PostgreSQL runs changed with it";

/** Changed files that are for other databases than PostgreSQL. */
function foreignOf(
  change: ChangeSet,
  projects: readonly Project[],
  unclaimed: readonly Unclaimed[],
): (Unverified & { readonly isAccompanied: boolean })[] {
  const foreign = [...projects.flatMap(({ ignored }) => ignored), ...unclaimed].filter(
    ({ path, leftAlone }) => leftAlone === true && isChanged(change, path),
  );
  if (foreign.length === 0) return [];
  const read = new Set(
    projects
      .flatMap(({ migrations }) => migrations)
      .filter((migration) => filesOf(migration).some((path) => isChanged(change, path)))
      .map(({ up }) => versionIn(up.path)),
  );
  return foreign.map(({ path, reason }) => {
    const version = versionIn(path);
    return { path, reason, isAccompanied: version !== undefined && read.has(version) };
  });
}

/** The number at the beginning of a script's name, or of its folder's. */
function versionIn(path: string): string | undefined {
  const names = path.split("/").slice(-2).toReversed();
  return names.map((name) => /^V?(\d+)/i.exec(name)?.[1]).find((number) => number !== undefined);
}

function gap({ path, reason }: IgnoredFile): Unverified {
  return {
    path,
    reason: `${reason}. It is part of the history, so what it did is missing here; a baseline in the configuration, at it or after it, accepts that`,
  };
}

/** Folders and names that tell of migrations by themselves, when the folder holds none any more. */
const TELLING =
  /migrat[^/]*\/|(?:^|\/)(?:V\d[^/]*__[^/]*|\d{12,}[^/]*|\d[^/]*\.(?:up|down))\.sql$/i;

const OTHER = /(?:^|\/)(?:_*tests?_*|testdata|fixtures|seeds?|examples?)\//i;

/** Deleted migrations of projects of which no migration is left. */
function deletedProjects(change: ChangeSet, projects: readonly Project[]): Unverified[] {
  const deleted: Unverified[] = [];
  for (const [path, kind] of change.changes) {
    if (kind !== "deleted" || !isScriptName(path) || !TELLING.test(path)) continue;
    if (OTHER.test(path)) continue;
    if (projects.some((project) => isScriptOf(project, path))) continue;
    deleted.push({ path, reason: deletionMessage(path) });
  }
  return deleted;
}

function isTouched(change: ChangeSet, project: Project): boolean {
  return project.migrations.some((migration) =>
    filesOf(migration).some((path) => change.changes.has(path)),
  );
}

function isChanged(change: ChangeSet, path: string): boolean {
  const kind = change.changes.get(path);
  return kind !== undefined && kind !== "deleted";
}
