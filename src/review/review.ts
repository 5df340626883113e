import { joinFindings } from "../core/join-findings.ts";
import { customRule } from "../core/custom-rule.ts";
import type { LintedMigration, ReadMigration } from "../core/lint.ts";
import type { RuleCrash } from "../core/rule-crash.ts";
import type { Change, Project } from "../core/migration.ts";
import type { Memos } from "../core/memos.ts";
import type { ObjectName } from "../core/name.ts";
import type { Review, ReviewedMigration, ReviewedProject, Unverified } from "../core/review.ts";
import type { Rule } from "../core/rule.ts";
import type { Settings } from "../core/settings.ts";
import type { EngineDescription, Verification } from "../core/verification.ts";
import type { Parser } from "../parser/parse-script.ts";
import type { Engine } from "../verify/database.ts";
import type { ModelComparer } from "../verify/model-comparer.ts";
import { changeOf } from "../sources/change.ts";
import { decide } from "./verdict.ts";
import { refuseUnknownBaseline } from "./baseline.ts";
import { deletedMigrations } from "./deleted.ts";
import type { ChangeSet } from "./ports.ts";
import { modelsChanged, textualDrift, textualModelsChanged } from "./model-comparison.ts";
import { notRunCode, withoutCodeGap } from "./not-run-code.ts";
import { findHistory, keepHistory } from "./known-history.ts";
import { readProject } from "./read-project.ts";
import { withSameAsBase } from "./same-as-base.ts";
import { leftAloneOf, unreadOf } from "./unread.ts";
import { withEvidence } from "./evidence.ts";
import { weakenedRules } from "./weakened-rules.ts";
import { lintRead } from "./lint-read.ts";
import { scopeProject, type ScopedMigration } from "./changed.ts";

export interface ReviewInput {
  readonly change: ChangeSet;
  readonly projects: readonly Project[];
  /** Those and the ones that the change does not touch, as a whole; called only when the baseline is in none of `projects`. */
  readonly allProjects: () => readonly Project[];
  /** Files that look like migrations and belong to no project, each with its reason. */
  readonly unclaimed: readonly (Unverified & { readonly leftAlone?: true })[];
  readonly settings: Settings;
  readonly rules: readonly Rule[];
  /** Loads the parser; called only when a migration changed. */
  readonly loadParser: () => Promise<Parser>;
  readonly lint: boolean;
  readonly verify: boolean;
  /** Rows of a table, where statistics tell. */
  readonly rows: (table: ObjectName) => number | undefined;
  /** The repository's other files are at hand: what the change takes away is searched in them. */
  readonly searchesUses?: boolean;
  /** Where something is kept for the next run. */
  readonly memos?: Memos;
  /** Needed only to verify, and only when a migration changed. */
  readonly engine?: Engine;
  /** SQL that is run before the first migration: what production made by hand. */
  readonly before?: { readonly path: string; readonly text: string };
  /** Whether down scripts are to be derived for changed migrations whose own do not restore. */
  readonly derivesDown?: boolean;
  /** Rows of the project's own. */
  readonly seed?: readonly { readonly path: string; readonly text: string }[];
  /**
   * The folder that the repository is checked out in, where its own programs may be run when the
   * configuration says so; absent: nothing of the repository is ever run.
   */
  readonly checkout?: string;
  /** Compares what the migrations build with the models of a project; absent: that is not done. */
  readonly compareModels?: ModelComparer;
  readonly onProgress?: (step: string) => void;
}

export interface ReviewResult {
  readonly review: Review;
  /** Rules that threw: bugs of ours. */
  readonly crashes: readonly RuleCrash[];
}

/** A project of which at least one migration changed or is gone. */
interface TouchedProject {
  readonly project: Project;
  readonly scoped: readonly ScopedMigration[];
  readonly deleted: readonly ReviewedMigration[];
  /** Its models changed, and are to be compared with what its migrations build. */
  readonly isModelChange: boolean;
}

/**
 * Reviews a change: which projects it touches, what each changed migration says to the rules, and
 * what it does up, down and up again. Never green by accident: whatever was not read or run is in
 * `unverified`. Throws UserError when the baseline names no migration.
 */
export async function review(given: ReviewInput): Promise<ReviewResult> {
  const input = { ...given, rules: [...given.rules, ...given.settings.custom.map(customRule)] };
  const startedAt = performance.now();
  const { baseline } = input.settings;
  if (baseline !== undefined && input.projects.length > 0) {
    refuseUnknownBaseline(input.projects, baseline, input.allProjects);
  }
  const unverified: Unverified[] = [
    ...(input.change.unread ?? []),
    ...unreadOf(input.change, input.projects, input.unclaimed, { baseline, lint: input.lint }),
  ];
  const touched = input.projects.flatMap((project) => touch(project, input) ?? []);
  const crashes: RuleCrash[] = [];
  const projects: ReviewedProject[] = [];
  let engine: EngineDescription | undefined;
  const onlyDeleted = touched.filter(isWithoutChange);
  projects.push(...onlyDeleted.map((one) => withoutChanged(one, input)));
  if (touched.length > onlyDeleted.length) {
    const parser = await input.loadParser();
    for (const one of touched.filter((project) => !isWithoutChange(project))) {
      const result = await reviewProject(one, parser, input);
      projects.push(result.project);
      crashes.push(...result.crashes);
      unverified.push(...result.unverified);
      engine ??= result.engine;
    }
  }
  const leftAlone = leftAloneOf(input.change, input.projects, input.unclaimed);
  const { verdict, summary } = decide(projects, unverified, input.settings);
  return {
    crashes,
    review: {
      version: 1,
      verdict,
      summary: { ...summary, durationMs: Math.round(performance.now() - startedAt) },
      scope: { lint: input.lint, verify: input.verify, since: input.change.since },
      ...(engine === undefined ? {} : { engine }),
      projects,
      unverified,
      ...(leftAlone.length === 0 ? {} : { leftAlone }),
      settings: {
        failOn: input.settings.failOn,
        down: input.settings.verify.down,
        rules: weakenedRules(input.settings, input.rules),
      },
    },
  };
}

function touch(project: Project, input: ReviewInput): TouchedProject | undefined {
  const scoped = scopeProject(
    project,
    (migration) => changeOf(project, migration, input.change.changes),
    input.settings.baseline,
  );
  const deleted = input.lint ? deletedMigrations(project, input.rules, input.settings) : [];
  const isModelChange = modelsChanged(project, input);
  const one = { project, scoped, deleted, isModelChange };
  const isTouched = !isWithoutChange(one) || textualModelsChanged(project, input);
  return isTouched || deleted.length > 0 ? one : undefined;
}

function isWithoutChange({ scoped, isModelChange }: TouchedProject): boolean {
  return !isModelChange && scoped.every(({ change }) => change === "unchanged");
}

/** A project of which nothing is left to read but its history, and its models. */
function withoutChanged({ project, deleted }: TouchedProject, input: ReviewInput): ReviewedProject {
  const { root, framework, migrations } = project;
  return {
    root,
    framework,
    dialect: "postgresql",
    history: migrations.length,
    migrations: deleted,
    ...textualDrift(project, input),
  };
}

interface ReviewedOne {
  readonly project: ReviewedProject;
  readonly crashes: readonly RuleCrash[];
  readonly unverified: readonly Unverified[];
  readonly engine?: EngineDescription;
}

async function reviewProject(
  { project, scoped, deleted }: TouchedProject,
  parser: Parser,
  input: ReviewInput,
): Promise<ReviewedOne> {
  const known = findHistory(project, scoped, input.memos);
  const parsed = readProject(project, scoped, parser, input.settings.baseline, known);
  const read = {
    ...parsed,
    migrations: await withSameAsBase(project, parsed.migrations, input.change),
  };
  const linted = lintRead(read.migrations, { project, parser, input, known });
  keepHistory(project, linted.earlier, read.gaps, { memos: input.memos, known });
  const verified =
    input.engine === undefined
      ? undefined
      : await (
          await import("./verify-read.ts")
        ).verifyRead(project, read.migrations, { ...input, engine: input.engine, parser });
  const code = verified?.ranCode ?? new Set();
  const changes = new Map(read.migrations.map(({ migration, change }) => [migration, change]));
  const migrations = linted.migrations.map((one) => {
    const change = changes.get(one.migration) ?? "added";
    const verification = verified?.verifications.get(one.migration);
    const plain = reviewed(withoutCodeGap(one, code), change, verification);
    const migration =
      verified?.engine === undefined
        ? plain
        : withEvidence(plain, {
            rules: input.rules,
            engine: verified.engine,
            production: input.settings.postgres,
          });
    return { ...migration, findings: joinFindings(migration.findings) };
  });
  return {
    project: {
      root: project.root,
      framework: project.framework,
      dialect: "postgresql",
      history: historyOf(read.migrations),
      migrations: [...deleted, ...migrations],
      // The project's own runner was asked for it, where it ran.
      ...(code.size > 0 ? {} : textualDrift(project, input)),
      ...(verified?.drift === undefined ? {} : { drift: verified.drift }),
    },
    crashes: linted.crashes,
    unverified: [
      ...read.unverified,
      ...(verified?.unverified ?? []),
      ...notRunCode(
        read.migrations.filter(({ migration }) => !code.has(migration)),
        linted.migrations,
        input,
      ),
      ...linted.crashes.map(unverifiedCrash),
    ],
    ...(verified?.engine === undefined ? {} : { engine: verified.engine }),
  };
}

function historyOf(migrations: readonly ReadMigration[]): number {
  const first = migrations.findIndex(({ change }) => change !== "unchanged");
  return first < 0 ? migrations.length : first;
}

function unverifiedCrash({ path, rule, module, line }: RuleCrash): Unverified {
  const whose = module ?? "migrate-verify";
  return {
    path,
    reason: `the rule ${rule} stopped with an error of its own at line ${line}: a bug of ${whose}`,
  };
}

function reviewed(
  { migration, class: kind, destructive, findings, suppressed }: LintedMigration,
  change: Change,
  verification?: Verification,
): ReviewedMigration {
  const { down, up } = migration;
  const hasDownFile = typeof down !== "string" && down.path !== up.path;
  return {
    id: migration.id,
    path: up.path,
    ...(hasDownFile ? { downPath: down.path } : {}),
    change,
    class: kind,
    destructive,
    findings,
    suppressed,
    ...(verification === undefined ? {} : { verification }),
  };
}
