import { lintProject, type LintResult, type ReadMigration } from "../core/lint.ts";
import type { Project } from "../core/migration.ts";
import type { Parser } from "../parser/parse-script.ts";
import { fixOffers } from "../plan/offer-fix.ts";
import { usesIn } from "../usage/find-uses.ts";
import type { KnownHistory } from "./known-history.ts";
import { readScript } from "./read-project.ts";
import type { ReviewInput } from "./review.ts";
import { ruleSettings } from "./rule-settings.ts";
import { isMigrationOf } from "./searched-uses.ts";

/** With more changed migrations than this no fixes are offered: each is proven, which takes time. */
const MOST_FIXED = 50;

interface Linting {
  readonly project: Project;
  readonly parser: Parser;
  readonly input: ReviewInput;
  /** What is known of the first of them. */
  readonly known: KnownHistory | undefined;
}

/** Lints the changed migrations of a project as a review is asked to, with fixes and with what still names what they take away. */
export function lintRead(
  migrations: readonly ReadMigration[],
  { project, parser, input, known }: Linting,
): LintResult {
  const { change, lint, projects, rows, rules, searchesUses, settings } = input;
  const changed = migrations.filter((one) => one.change !== "unchanged").length;
  return lintProject({
    framework: project.framework,
    migrations,
    rules: lint ? rules : [],
    preset: settings.preset,
    postgres: settings.postgres,
    settingsOf: ruleSettings(settings),
    rows,
    ...(known && { earlier: known.earlier }),
    ...(searchesUses === true ? { findUses: usesIn(change.files, isMigrationOf(projects)) } : {}),
    ...(changed > MOST_FIXED
      ? {}
      : { offerFix: fixOffers(project, (source) => readScript(parser, source)) }),
  });
}
