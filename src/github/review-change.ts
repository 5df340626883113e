import { matchesGlob } from "../config/glob.ts";
import type { RuleCrash } from "../core/rule-crash.ts";
import type { Framework } from "../core/migration.ts";
import type { Review, ReviewVerdict } from "../core/review.ts";
import type { Rule } from "../core/rule.ts";
import type { Settings } from "../core/settings.ts";
import type { Parser } from "../parser/parse-script.ts";
import { contradictionsOf, type Contradiction } from "../report/contradiction.ts";
import type { ReportInput } from "../report/report-input.ts";
import { loadSources } from "../review/load-sources.ts";
import { loadSettings, type SettingsOverrides } from "../review/load-settings.ts";
import { projectModels } from "../review/model-comparison.ts";
import type { ChangeSet } from "../review/ports.ts";
import { review } from "../review/review.ts";
import { readSearched } from "../review/searched-uses.ts";
import { detectProjects, type DetectedProjects } from "../sources/detect.ts";
import type { FileChanges, FileText, RepositoryFiles } from "../sources/files.ts";
import type { Engine } from "../verify/database.ts";
import type { ModelComparer } from "../verify/model-comparer.ts";

/** Reads until every text that it asks for is there; what reads from a disk just reads. */
export type Settle = <Value>(read: () => Value | Promise<Value>) => Promise<Value>;

/** Files, and how to read of them what may have to be fetched first. */
export interface ReadableFiles {
  readonly files: RepositoryFiles;
  readonly settle: Settle;
}

/** What a review is done with, the same for every change. */
export interface ReviewTools {
  readonly rules: readonly Rule[];
  readonly loadParser: () => Promise<Parser>;
  /** Starts the throwaway database that the configuration asks for. */
  readonly startEngine: (settings: Settings) => Promise<Engine & AsyncDisposable>;
  /** Compares what migrations build with the models of their project. */
  readonly compareModels?: ModelComparer;
  /** The Action's inputs, over the configuration. */
  readonly overrides?: SettingsOverrides;
  readonly onProgress?: (step: string) => void;
  /** Logs what the database contradicted. */
  readonly onContradiction?: (contradiction: Contradiction) => void;
  /** Logs a rule that threw, with its stack. */
  readonly onCrash?: (crash: RuleCrash) => void;
  /** Aborts between two steps. */
  readonly signal?: AbortSignal;
}

/** What of a change is reviewed, and where its configuration comes from. */
export interface ReviewedChange {
  readonly change: Omit<ChangeSet, "files"> & ReadableFiles;
  /** Files that the change cannot touch: the configuration is read from them. */
  readonly trusted: ReadableFiles;
  /** A configuration that stands elsewhere. */
  readonly config?: { readonly path: string; readonly text: string };
  readonly mode: "lint" | "verify" | "check";
  /** Folders that what changed is narrowed to, from the root; absent or empty: all of it. */
  readonly paths?: readonly string[];
  /** The folder of the checkout, where the change is the checkout's. */
  readonly checkout?: string;
  /** What the folders of `paths` are, where detection is not right. */
  readonly framework?: Framework;
}

export interface ChangeReview {
  readonly review: Review;
  readonly report: ReportInput;
  readonly settings: Settings;
  /** Rules that threw: bugs of ours, of which the review says that it is not complete. */
  readonly crashes: readonly RuleCrash[];
}

/**
 * Reviews a change of a repository on GitHub. Its configuration is the base branch's: whoever opens a
 * pull request does not choose what it is held to. Throws UserError for a configuration that is wrong.
 */
export async function reviewChange(
  reviewed: ReviewedChange,
  tools: ReviewTools,
): Promise<ChangeReview> {
  const { trusted, config, mode, paths = [], framework } = reviewed;
  const change = { ...reviewed.change, changes: within(paths, reviewed.change.changes) };
  const { rules, overrides = {} } = tools;
  const loaded = await trusted.settle(() => loadSettings(trusted.files, rules, overrides, config));
  const settings: Settings = {
    ...loaded.settings,
    projects: [...loaded.settings.projects, ...stated(paths, framework)],
  };
  const sources = await loadSources(change.files.paths, settings);
  const detected = await change.settle(() => detect({ change, mode }, sources, settings));
  tools.signal?.throwIfAborted();
  const verifies =
    mode !== "lint" && detected.projects.some(({ migrations }) => migrations.length > 0);
  await using engine = verifies ? await tools.startEngine(settings) : undefined;
  const result = await review({
    change,
    projects: detected.projects,
    allProjects: detected.readAll,
    unclaimed: detected.unclaimed,
    settings,
    rules,
    loadParser: tools.loadParser,
    lint: mode !== "verify",
    verify: mode !== "lint",
    rows: loaded.rows,
    ...(reviewed.checkout === undefined ? {} : { checkout: reviewed.checkout }),
    ...(engine === undefined ? {} : { engine }),
    ...(loaded.before === undefined ? {} : { before: loaded.before }),
    seed: loaded.seed,
    searchesUses: true,
    derivesDown: true,
    ...(tools.compareModels === undefined ? {} : { compareModels: tools.compareModels }),
    onProgress: (step) => {
      tools.signal?.throwIfAborted();
      tools.onProgress?.(step);
    },
  });
  log(result, tools);
  const told = withCrashes(result.review, result.crashes);
  return {
    review: told,
    settings,
    crashes: result.crashes,
    report: {
      review: told,
      rules,
      texts: (path) => textOf(change.files.text(path)),
      checklist: settings.checklist,
      changedPaths: [...change.changes.keys()],
    },
  };
}

/** What of a review is ours to mend. */
function log(
  result: Pick<ChangeReview, "review" | "crashes">,
  { onContradiction, onCrash }: ReviewTools,
): void {
  for (const one of contradictionsOf(result.review)) onContradiction?.(one);
  for (const one of result.crashes) onCrash?.(one);
}

function within(paths: readonly string[], changes: FileChanges): FileChanges {
  if (paths.length === 0) return changes;
  return new Map(
    [...changes].filter(([path]) => paths.some((folder) => path.startsWith(`${folder}/`))),
  );
}

function stated(paths: readonly string[], framework: Framework | undefined): Settings["projects"] {
  if (framework === undefined) return [];
  return paths.map((path) => ({ path, framework, placeholders: {} }));
}

/**
 * What is read later is read while texts can be fetched: models, and all projects where the baseline
 * may be in one that the change does not touch.
 */
function detect(
  { change, mode }: Pick<ReviewedChange, "change" | "mode">,
  sources: Awaited<ReturnType<typeof loadSources>>,
  settings: Settings,
): DetectedProjects {
  const { files, changes } = change;
  const { baseline, tables, compat } = settings;
  const detected = detectProjects(files, settings.projects, changes, sources);
  if (baseline !== undefined) detected.readAll();
  if (tables !== undefined) files.text(tables);
  for (const project of detected.projects) projectModels(project, files);
  if (mode !== "verify") readSearched(files, detected.projects, changes);
  const isQuery = (path: string): boolean => compat.queries.some((glob) => matchesGlob(path, glob));
  for (const path of detected.projects.length === 0 ? [] : files.paths.filter(isQuery)) {
    files.text(path);
  }
  return detected;
}

/** A rule that threw cost findings that nobody knows: no review is green over it. */
function withCrashes(reviewed: Review, crashes: readonly RuleCrash[]): Review {
  if (crashes.length === 0) return reviewed;
  const verdict: ReviewVerdict = reviewed.verdict === "pass" ? "unverified" : reviewed.verdict;
  const unverified = crashes.map(({ rule, module, path, line }) => ({
    path,
    reason: `the rule ${rule} stopped with an error of its own at line ${line}, so its findings are missing; ${module === undefined ? "please report it" : `it comes from ${module}`}`,
  }));
  return { ...reviewed, verdict, unverified: [...reviewed.unverified, ...unverified] };
}

function textOf(read: FileText): string | undefined {
  return "text" in read ? read.text : undefined;
}
