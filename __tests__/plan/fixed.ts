import { rules } from "../../rules/index.ts";
import type { Project } from "../../src/core/migration.ts";
import { DEFAULT_SETTINGS } from "../../src/core/settings.ts";
import { loadParser } from "../../src/parser/parse-script.ts";
import { applyFixes, type FixedChange } from "../../src/review/apply-fixes.ts";
import type { ChangeSet } from "../../src/review/ports.ts";
import { review, type ReviewResult } from "../../src/review/review.ts";
import { detectProjects } from "../../src/sources/detect.ts";
import type { RepositoryFiles } from "../../src/sources/files.ts";
import { repository } from "../sources/repository.ts";

/** A change that adds some files to others. */
export function changeOf(
  history: Readonly<Record<string, string>>,
  added: Readonly<Record<string, string>>,
): ChangeSet {
  return {
    files: repository({ ...history, ...added }),
    changes: new Map(Object.keys(added).map((path) => [path, "added"])),
    since: "test",
  };
}

/** Makes every fix that the lint of a change offers; `asked`: opt-in rules that the configuration names. */
export function fixed(
  change: ChangeSet,
  asked: readonly string[] = [],
): Promise<FixedChange<ChangeSet>> {
  return applyFixes(change, (one) => lint(one, asked));
}

export async function lint(
  change: ChangeSet,
  asked: readonly string[] = [],
): Promise<ReviewResult> {
  const { projects, unclaimed, readAll } = detectProjects(change.files, [], change.changes);
  const result = await review({
    change,
    projects,
    allProjects: readAll,
    unclaimed,
    settings: {
      ...DEFAULT_SETTINGS,
      rules: Object.fromEntries(
        // Asked for, so that it speaks in a history without a timeout too.
        ["require-lock-timeout", ...asked].map((rule) => [rule, { options: {} }]),
      ),
    },
    rules,
    loadParser,
    lint: true,
    verify: false,
    rows: () => undefined,
  });
  if (result.crashes[0] !== undefined) throw result.crashes[0].error;
  return result;
}

/** The only project of some files. */
export function projectOf(files: RepositoryFiles): Project {
  const { projects } = detectProjects(files, []);
  const [project] = projects;
  if (project === undefined || projects.length > 1) throw new Error(`${projects.length} projects`);
  return project;
}
