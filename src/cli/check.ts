import { rules as ours } from "../../rules/index.ts";
import type { Rule } from "../core/rule.ts";
import type { Memos } from "../core/memos.ts";
import type { Settings } from "../core/settings.ts";
import type { LocalChange } from "../git/change-set.ts";
import { loadParser, type Parser } from "../parser/parse-script.ts";
import { loadSettings } from "../review/load-settings.ts";
import { hasDjango, loadSources } from "../review/load-sources.ts";
import { review, type ReviewResult } from "../review/review.ts";
import type { FixedChange } from "../review/apply-fixes.ts";
import type { DetectedProjects } from "../sources/detect.ts";
import type { Engine } from "../verify/database.ts";
import type { ModelComparer } from "../verify/model-comparer.ts";
import type { Arguments } from "./arguments.ts";
import type { EngineAhead } from "./engine-ahead.ts";
import { EXIT, exitCodeOf } from "./exit-code.ts";
import { readNamedConfig } from "./named-config.ts";
import { ProgressLine } from "./progress.ts";
import { renderReview } from "./render.ts";
import { openTarget, projectsOf, type Target } from "./target.ts";
import { usesColour, type Terminal } from "./terminal.ts";
import { tellContradictions, tellCrash } from "./tell-error.ts";

/** `check`, `lint` and `verify`: reviews what the command line speaks of, prints the report, and gives the exit status. */
export async function check(
  args: Arguments,
  terminal: Terminal,
  engines: EngineAhead,
): Promise<number> {
  using progress = new ProgressLine(terminal.stderr, terminal.env);
  const grammar = loadAhead();
  progress.say("reading the change");
  const target = await openTarget(args, terminal);
  const { change } = target;
  const { rules, loaded } = await loadConfigured(change, args, terminal.cwd());
  const { settings } = loaded;
  const memos = await memosOf(change, terminal);
  const sources = await loadSources(change.files.paths, settings, memos);
  const detect = (reviewed: LocalChange): DetectedProjects =>
    projectsOf({ ...target, change: reviewed }, args, settings, sources);
  const reviewOf = (
    reviewed: LocalChange,
    { projects, unclaimed, readAll }: DetectedProjects,
    engine?: Engine,
  ): Promise<ReviewResult> =>
    review({
      change: reviewed,
      projects,
      allProjects: readAll,
      unclaimed,
      settings,
      rules,
      loadParser: () => grammar,
      lint: args.command !== "verify",
      verify: args.command !== "lint",
      rows: loaded.rows,
      searchesUses: true,
      ...(memos && { memos }),
      checkout: reviewed.root,
      ...(engine === undefined ? {} : { engine }),
      ...(loaded.before === undefined ? {} : { before: loaded.before }),
      seed: loaded.seed,
      ...(args.writeDown !== undefined || args.format === "markdown" ? { derivesDown: true } : {}),
      compareModels,
      onProgress: (step) => progress.say(step),
    });
  const scene = { args, settings, rules, target, terminal };
  if (args.fix) {
    const { applyFixes } = await import("../review/apply-fixes.ts");
    const fixed = await applyFixes(change, (one) => reviewOf(one, detect(one)));
    progress[Symbol.dispose]();
    return tellFixed(fixed, scene);
  }
  const detected = detect(change);
  const verifies =
    args.command !== "lint" && detected.projects.some(({ migrations }) => migrations.length > 0);
  const engine = verifies ? await engines.take(settings) : undefined;
  const result = await reviewOf(change, detected, engine);
  progress[Symbol.dispose]();
  if (args.writeDown !== undefined) await tellDown(result, args.writeDown, terminal);
  return tellReview(result, change, scene);
}

async function tellDown(
  { review: told }: ReviewResult,
  path: string,
  terminal: Terminal,
): Promise<void> {
  const { writeDown } = await import("./write-down.ts");
  writeDown(told, path, terminal);
}

/** The rules, and what the configuration and the command line say of this run. */
async function loadConfigured(
  change: LocalChange,
  args: Arguments,
  cwd: string,
): Promise<{ rules: readonly Rule[]; loaded: Awaited<ReturnType<typeof loadSettings>> }> {
  const config = args.config === undefined ? undefined : await readNamedConfig(args.config, cwd);
  const rules = args.rules.length === 0 ? ours : await withModules(args.rules, cwd);
  return { rules, loaded: await loadSettings(change.files, rules, args, config) };
}

/** What a report is told with. */
interface Scene {
  readonly args: Arguments;
  readonly settings: Settings;
  readonly rules: readonly Rule[];
  readonly target: Target;
  readonly terminal: Terminal;
}

/** `lint --fix`: writes the fixes and reports what is left, or shows them. */
async function tellFixed(fixed: FixedChange<LocalChange>, scene: Scene): Promise<number> {
  const { diffOf, tellFixes, writeFixes } = await import("./fix.ts");
  const { args, terminal } = scene;
  const { change } = scene.target;
  if (args.dryRun) {
    terminal.stdout.write(await diffOf(fixed, change));
    return tellCrashes(fixed.result, terminal);
  }
  writeFixes(fixed, change);
  tellFixes(fixed, change, terminal);
  return tellReview(fixed.result, fixed.change, scene);
}

/** Prints the report, and gives the exit status. */
async function tellReview(
  result: ReviewResult,
  { files, changes }: LocalChange,
  { args, settings, rules, target, terminal }: Scene,
): Promise<number> {
  const colour = usesColour(args.colour, terminal.stdout, terminal.env);
  const width = terminal.stdout.columns;
  terminal.stdout.write(
    await renderReview(args.format, result.review, files, {
      colour,
      // A pseudo-terminal may have no width at all.
      ...(width === undefined || width === 0 ? {} : { width }),
      rules,
      checklist: settings.checklist,
      ...(args.all || target.named ? {} : { changedPaths: [...changes.keys()] }),
    }),
  );
  tellContradictions(result.review, terminal.stderr);
  return tellCrashes(result, terminal);
}

/** Our rules, and those of the modules that the command line names. */
async function withModules(paths: readonly string[], cwd: string): Promise<readonly Rule[]> {
  const { importRuleModules } = await import("../git/rule-module.ts");
  const { withOwnRules } = await import("../review/own-rules.ts");
  return withOwnRules(ours, await importRuleModules(paths, cwd));
}

const compareModels: ModelComparer = async (database, files) =>
  (await import("../drift/prisma-drift.ts")).prismaDrift(database, files);

/** What earlier runs kept, where there is something that keeps. */
async function memosOf({ files }: LocalChange, terminal: Terminal): Promise<Memos | undefined> {
  if (!hasDjango(files.paths)) return undefined;
  const { memosOfRun } = await import("../database/memos-of-run.ts");
  return memosOfRun({ env: terminal.env, root: terminal.cwd(), program: process.argv[1] });
}

/** Loads the grammar while Git is asked what changed. A failure is told when the grammar is needed. */
function loadAhead(): Promise<Parser> {
  const grammar = loadParser();
  grammar.catch(() => undefined);
  return grammar;
}

function tellCrashes({ review: { verdict }, crashes }: ReviewResult, terminal: Terminal): number {
  for (const crash of crashes) tellCrash(crash, terminal.stderr);
  return crashes.length === 0 ? exitCodeOf(verdict) : EXIT.unverified;
}
