import type { ReviewedMigration } from "../core/review.ts";
import { isTestPath } from "../core/test-path.ts";
import type { DownVerdict } from "../core/verification.ts";
import { named } from "./checklist-item.ts";
import { inline } from "./escape-markdown.ts";
import { candidateLines } from "./markdown-candidate.ts";
import { driftLines } from "./markdown-drift.ts";
import { migrationLink, placeLink, ruleLink, type MarkdownPage } from "./markdown-page.ts";
import { cautionWords, idleWords, lossesOf, rowsWords } from "./row-words.ts";
import { isStuck, partialWords } from "./partial-words.ts";
import { rollbackWords } from "./rollback-words.ts";
import { skippedSteps } from "./skipped-steps.ts";
import { counted, failuresOf, type Failure } from "./verification-words.ts";
import { grouped } from "./grouped.ts";

/** What the machine checked, a line for each thing that holds and for each that does not. */
export function machineChecks(page: MarkdownPage): string {
  const { review } = page.input;
  const lines = [
    ...unverifiedLines(page),
    ...(review.scope.lint ? lintLines(page) : []),
    ...(review.scope.verify ? stepLines(page) : ["➖ Not run on a database: lint only"]),
    ...testLines(page),
  ];
  return lines.map((line) => `- ${line}`).join("\n");
}

function unverifiedLines({ input: { review } }: MarkdownPage): string[] {
  const { length } = review.unverified;
  return length === 0
    ? []
    : [`❌ **${length} not verified**: listed below, and not to be taken as good`];
}

/** Whether tests come with the change, where it is known what else changed. */
function testLines({ input: { changedPaths }, migrations }: MarkdownPage): string[] {
  if (changedPaths === undefined || migrations.every(({ class: kind }) => kind === "nothing")) {
    return [];
  }
  const own = new Set(migrations.flatMap(({ path, downPath }) => [path, downPath]));
  const tests = changedPaths.filter((path) => isTestPath(path) && !own.has(path));
  return tests.length === 0
    ? ["➖ No test comes with it"]
    : [`✅ ${counted(tests.length, "file")} of tests changed with it: ${named(tests)}`];
}

/** One line for each rule that found something, the gravest first. */
function lintLines(page: MarkdownPage): string[] {
  const { migrations, detail, input } = page;
  const byRule = new Map<string, { count: number; error: boolean; tables: Set<string> }>();
  for (const finding of migrations.flatMap(({ findings }) => findings)) {
    const entry = byRule.get(finding.rule) ?? { count: 0, error: false, tables: new Set() };
    entry.count += 1;
    entry.error ||= finding.severity === "error";
    if (finding.table !== undefined) entry.tables.add(finding.table);
    byRule.set(finding.rule, entry);
  }
  if (byRule.size === 0) {
    return [`✅ ${counted(input.rules.length, "rule")} found nothing`];
  }
  const entries = [...byRule].toSorted(([, a], [, b]) => Number(b.error) - Number(a.error));
  const lines = entries.slice(0, detail.entries).map(([id, { count, error, tables }]) => {
    const rule = page.rules.get(id);
    const what = rule === undefined ? "" : `: ${inline(rule.summary)}`;
    const where = tables.size === 0 ? "" : ` (${named([...tables])})`;
    const times = count === 1 ? "" : ` ${grouped(count)} times`;
    return `${error ? "❌" : "⚠️"} ${ruleLink(id, page)}${times}${what}${where}`;
  });
  const rest = entries.length - lines.length;
  return rest === 0 ? lines : [...lines, `⚠️ ${counted(rest, "more rule")} found something`];
}

function stepLines(page: MarkdownPage): string[] {
  const run = page.migrations.filter(({ verification }) => verification !== undefined);
  const history = page.input.review.projects.reduce((sum, project) => sum + project.history, 0);
  const count = (holds: (migration: ReviewedMigration) => boolean): number =>
    run.filter((migration) => holds(migration)).length;
  const up = count(({ verification }) => verification?.up.outcome === "passed");
  const again = count(({ verification }) => verification?.upAgain.outcome === "passed");
  const restored = count(({ verification }) => isRestored(verification?.down.verdict));
  return [
    ...(up === 0 ? [] : [`✅ Up runs on ${base(history)}${of(up, run)}`]),
    ...(restored === 0 ? [] : [`✅ Down restores schema and data${of(restored, run)}`]),
    ...(again === 0 ? [] : [`✅ Running up again gives the same schema${of(again, run)}`]),
    ...releaseLines(run),
    ...rollbackLines(run, page),
    ...driftLines(page),
    ...failureLines(run, page),
    ...cautionLines(run, page),
    ...idleLines(run, page),
    ...lossLines(run, page),
    ...withoutDown(run, page),
    ...candidateLines(page),
    ...skippedLines(run, page),
    ...partialLines(run, page),
  ];
}

/** Migrations that are not one transaction: what is left to do by hand where they stop half way. */
function partialLines(run: readonly ReviewedMigration[], page: MarkdownPage): string[] {
  const tried = run.flatMap((migration) =>
    (migration.verification?.partialFailures ?? []).map((failure) => ({ migration, failure })),
  );
  if (tried.length === 0) return [];
  const stuck = tried.filter(({ failure }) => isStuck(failure));
  const lines = stuck
    .slice(0, page.detail.entries)
    .map(
      ({ migration, failure }) =>
        `⚠️ ${migrationLink(migration, page)} ${inline(partialWords(failure), 400)}`,
    );
  const rest = stuck.length - lines.length;
  return [
    ...(stuck.length === 0
      ? [`✅ Stopped half way in ${counted(tried.length, "place")}, up can be run again`]
      : lines),
    ...(rest === 0 ? [] : [`⚠️ ${counted(rest, "more place")} where a stop leaves work by hand`]),
  ];
}

/** What was tried of the release before, where all of it runs. */
function releaseLines(run: readonly ReviewedMigration[]): string[] {
  const checks = run.flatMap(({ verification }) => verification?.release ?? []);
  const tried = Math.max(0, ...checks.map((check) => check.tried));
  if (tried === 0 || checks.some(({ broken }) => broken.length > 0)) return [];
  return [`✅ Statements of the release before still run (${grouped(tried)} of ${grouped(tried)})`];
}

/** The order of a rollback: code that needs what a down takes away has to go first. */
function rollbackLines(run: readonly ReviewedMigration[], page: MarkdownPage): string[] {
  return run
    .flatMap((migration) => {
      const words = rollbackWords(migration);
      return words === undefined
        ? []
        : [`➖ ${migrationLink(migration, page)}: ${inline(words, 400)}`];
    })
    .slice(0, page.detail.entries);
}

function base(history: number): string {
  return history === 0 ? "an empty database" : `top of ${counted(history, "earlier migration")}`;
}

function isRestored(verdict: DownVerdict | undefined): boolean {
  return verdict === "exact" || verdict === "cosmetic";
}

function of(count: number, run: readonly ReviewedMigration[]): string {
  return count === run.length ? "" : `: ${count} of ${run.length}`;
}

function failureLines(run: readonly ReviewedMigration[], page: MarkdownPage): string[] {
  const failures = run.flatMap((migration) =>
    migration.verification === undefined
      ? []
      : failuresOf(migration.verification, page.input.review.settings.down).map((failure) => ({
          migration,
          failure,
        })),
  );
  const most = Math.min(failures.length, 2 * page.detail.entries);
  const lines = failures.slice(0, most).map(({ migration, failure }) => {
    return `❌ **${failure.sentence}**: ${failurePlace(migration, failure, page)}`;
  });
  const rest = failures.length - most;
  return rest === 0 ? lines : [...lines, `❌ and ${grouped(rest)} more of these`];
}

function failurePlace(migration: ReviewedMigration, failure: Failure, page: MarkdownPage): string {
  const { error, step, difference, rows } = failure;
  const path = step === "down" ? (migration.downPath ?? migration.path) : migration.path;
  const place = placeLink(path, error?.line, page);
  if (error !== undefined) return `${place}, ${inline(error.message, 300)}`;
  const names = [
    ...rows.map((one) => rowsWords(one)),
    ...difference.map(({ object, name }) => `${object} ${name}`),
  ];
  return names.length === 0 ? place : `${place} (${named(names)})`;
}

/** What goes wrong on some rows only. */
function cautionLines(run: readonly ReviewedMigration[], page: MarkdownPage): string[] {
  const cautions = run.flatMap((migration) =>
    (migration.verification?.cautions ?? []).map((caution) => ({ migration, caution })),
  );
  const lines = cautions.slice(0, page.detail.entries).map(({ migration, caution }) => {
    const { step, error, rows } = caution;
    const failure = {
      step,
      sentence: "",
      difference: [],
      rows,
      ...(error === undefined ? {} : { error }),
    };
    return `⚠️ ${cautionWords(caution)}: ${failurePlace(migration, failure, page)}`;
  });
  const rest = cautions.length - lines.length;
  return rest === 0 ? lines : [...lines, `⚠️ and ${grouped(rest)} more of these`];
}

/** Statements that picked no row, and of which so nothing was seen. */
function idleLines(run: readonly ReviewedMigration[], page: MarkdownPage): string[] {
  const found = run.flatMap(({ path, verification }) =>
    (verification?.idleStatements ?? []).map((idle) => ({ path, idle })),
  );
  const lines = found
    .slice(0, page.detail.entries)
    .map(
      ({ path, idle }) => `⚠️ ${inline(idleWords(idle), 300)}: ${placeLink(path, idle.line, page)}`,
    );
  const rest = found.length - lines.length;
  return rest === 0 ? lines : [...lines, `⚠️ and ${grouped(rest)} more of these`];
}

/** Rows and values that up takes away: whatever the down does, production's are gone. */
function lossLines(run: readonly ReviewedMigration[], page: MarkdownPage): string[] {
  return run
    .map((migration) => ({ migration, losses: lossesOf(migration.verification?.survival) }))
    .filter(({ losses }) => losses.length > 0)
    .slice(0, page.detail.entries)
    .map(({ migration, losses }) => {
      return `⚠️ Up takes data away: ${placeLink(migration.path, undefined, page)} (${named(losses)})`;
    });
}

function skippedLines(run: readonly ReviewedMigration[], page: MarkdownPage): string[] {
  const groups = skippedSteps(run).slice(0, page.detail.entries);
  return groups.map(({ step, reason, migrations }) => {
    const what = step === "down" ? "Down not run" : "Up not run again";
    return `➖ ${what}${of(migrations.length, run)}: ${inline(reason, 200)}`;
  });
}

function withoutDown(run: readonly ReviewedMigration[], page: MarkdownPage): string[] {
  const missing = run.filter(({ verification }) => verification?.down.verdict === "missing");
  if (missing.length === 0) return [];
  const names = missing.slice(0, 4).map((migration) => migrationLink(migration, page));
  const rest = missing.length - names.length;
  return [`➖ No down script: ${[...names, ...(rest === 0 ? [] : [`${rest} more`])].join(", ")}`];
}
