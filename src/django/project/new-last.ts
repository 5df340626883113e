import type { FileChanges } from "../../sources/files.ts";
import { isScriptOf } from "../../sources/change.ts";
import type { GraphNode } from "./migration-graph.ts";

interface OrderedFile extends GraphNode {
  readonly path: string;
}

/** Migrations in the order in which databases get them. */
export interface DatabaseOrder<File> {
  readonly files: readonly File[];
  /** How many at the beginning a change leaves as they are. */
  readonly unchanged: number;
}

/**
 * Django applies what is missing in the order of the graph, which puts a new migration before old ones
 * that it has nothing to do with: every database of the team's has those already. So where a change
 * only adds migrations, and none that stands for others, these come last.
 *
 * @param root path of the project's folder
 */
export function newLast<File extends OrderedFile>(
  order: readonly File[],
  root: string,
  changes: FileChanges,
): DatabaseOrder<File> {
  const isNew = (path: string): boolean => {
    const change = changes.get(path);
    if (typeof change !== "object") return change === "added";
    return !isScriptOf({ root, framework: "django" }, change.renamedFrom);
  };
  const changed = order.filter(({ path }) => changes.has(path));
  const known = order.filter(({ path }) => !changes.has(path));
  const isOnlyNew = changed.every(({ path, replaces }) => isNew(path) && replaces.length === 0);
  if (isOnlyNew && !known.some((one) => needsAny(one, changed, known))) {
    return { files: [...known, ...changed], unchanged: known.length };
  }
  const first = order.findIndex(({ path }) => changes.has(path));
  return { files: order, unchanged: first };
}

/** Django's own apps, which no change adds, can need a model of the project's. */
function needsAny(
  { dependencies }: GraphNode,
  changed: readonly GraphNode[],
  known: readonly GraphNode[],
): boolean {
  return dependencies.some(({ app, name }) =>
    name === "__first__"
      ? changed.some((one) => one.app === app) && !known.some((one) => one.app === app)
      : changed.some((one) => one.app === app && one.name === name),
  );
}
