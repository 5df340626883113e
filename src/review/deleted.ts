import type { Finding } from "../core/finding.ts";
import type { Project } from "../core/migration.ts";
import type { ReviewedMigration } from "../core/review.ts";
import type { Rule } from "../core/rule.ts";
import type { Settings } from "../core/settings.ts";
import { deletedId } from "../sources/change.ts";
import { isBeforeBaseline } from "./baseline.ts";
import { ruleSettings } from "./rule-settings.ts";

/** The rule that a deleted migration breaks. */
const RULE = "no-edited-migration";

/**
 * The migrations of a project that a change deletes, each with the finding under its own path: no
 * file is left that could be linted. Those up to the baseline are history.
 */
export function deletedMigrations(
  project: Project,
  rules: readonly Rule[],
  settings: Settings,
): ReviewedMigration[] {
  const rule = rules.find(({ id }) => id === RULE);
  if (rule === undefined) return [];
  const settingsOf = ruleSettings(settings);
  return project.faults
    .filter(({ kind, path }) => {
      return kind === "deleted-migration" && !isBeforeBaseline(project, path, settings.baseline);
    })
    .map(({ path, message }): ReviewedMigration => {
      const severity = settingsOf(path)(RULE)?.severity ?? rule.severity;
      const { confidence } = rule;
      const place = { line: 1, column: 1, endLine: 1, endColumn: 1 };
      const found: Finding[] =
        severity === "off" ? [] : [{ rule: RULE, severity, confidence, message, path, ...place }];
      return {
        id: deletedId(path),
        path,
        change: "deleted",
        class: "nothing",
        destructive: false,
        findings: found,
        suppressed: [],
      };
    });
}
