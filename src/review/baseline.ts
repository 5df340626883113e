import type { Project } from "../core/migration.ts";
import { nearest } from "../core/nearest.ts";
import { UserError } from "../core/user-error.ts";
import { orderOfPath } from "../sources/path-order.ts";
import { compareDotted } from "../sources/version.ts";

/** Index of the migration that the baseline names by its id or its version; -1: it names none of the project's. */
export function baselineIndex(project: Project, baseline: string | undefined): number {
  if (baseline === undefined) return -1;
  return project.migrations.findLastIndex(
    ({ id, version }) => id === baseline || version === baseline || sameNumber(version, baseline),
  );
}

/** Whether a file of a project that is no migration of it, by its number, stands at the baseline or before it. */
export function isBeforeBaseline(
  project: Project,
  path: string,
  baseline: string | undefined,
): boolean {
  const last = project.migrations[baselineIndex(project, baseline)];
  if (last === undefined) return false;
  // Repeatable migrations come after all numbered ones.
  if (last.version === undefined) return true;
  const order = orderOfPath(project, path);
  return order !== undefined && compareDotted(order, last.version.match(/\d+/g) ?? []) <= 0;
}

/** Throws UserError when the baseline names a migration of no project: it would accept nothing. All projects are asked for only when it is in none of those under review. */
export function refuseUnknownBaseline(
  underReview: readonly Project[],
  baseline: string,
  all: () => readonly Project[],
): void {
  const isIn = (project: Project): boolean => baselineIndex(project, baseline) !== -1;
  if (underReview.some(isIn)) return;
  const projects = all();
  if (projects.some(isIn)) return;
  const ids = projects.flatMap(({ migrations }) => migrations.map(({ id }) => id));
  const near = nearest(baseline, ids) ?? ids.find((id) => id.includes(baseline)) ?? ids.at(-1);
  throw new UserError(`The baseline “${baseline}” is the id or version of no migration.`, {
    hint:
      near === undefined
        ? "No migration could be read; remove the baseline from migrate-verify.yml."
        : `Correct it in migrate-verify.yml. The nearest id is “${near}”.`,
  });
}

/** `40` and `000040` name one version. */
function sameNumber(version: string | undefined, baseline: string): boolean {
  return (
    version !== undefined &&
    /^\d+$/.test(version) &&
    /^\d+$/.test(baseline) &&
    BigInt(version) === BigInt(baseline)
  );
}
