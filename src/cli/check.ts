import { rules } from "../../rules/index.ts";
import { loadParser, type Parser } from "../parser/parse-script.ts";
import type { LocalChange } from "../git/change-set.ts";
import { review, type ReviewResult } from "../review/review.ts";
import type { RepositoryFiles } from "../sources/files.ts";
import type { Engine } from "../verify/database.ts";
import type { Arguments } from "./arguments.ts";
import { EXIT, exitCodeOf } from "./exit-code.ts";
import { loadSettings } from "./load-settings.ts";
import { ProgressLine } from "./progress.ts";
import { renderReview } from "./render.ts";
import { openTarget, projectsOf } from "./target.ts";
import { usesColour, type Terminal } from "./terminal.ts";
import { startEngine } from "./start-engine.ts";
import { tellCrash } from "./tell-error.ts";

/** `check`, `lint` and `verify`: reviews what the command line speaks of, prints the report, and gives the exit status. */
export async function check(args: Arguments, terminal: Terminal): Promise<number> {
  using progress = new ProgressLine(terminal.stderr);
  const grammar = loadAhead();
  progress.say("reading the change");
  const target = await openTarget(args, terminal);
  const { change } = target;
  const folder = { cwd: terminal.cwd(), root: change.root };
  const loaded = await loadSettings(args, change.files, folder, rules);
  const { settings } = loaded;
  const reviewOf = (reviewed: LocalChange, engine?: Engine): Promise<ReviewResult> => {
    const { projects, unclaimed, readAll } = projectsOf(
      { ...target, change: reviewed },
      args,
      settings,
    );
    return review({
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
      ...(engine === undefined ? {} : { engine }),
      ...(loaded.before === undefined ? {} : { before: loaded.before }),
      onProgress: (step) => progress.say(step),
    });
  };
  if (args.fix) return lintAndFix(args, { change, reviewOf, progress }, terminal);
  const { projects } = projectsOf(target, args, settings);
  const verifies =
    args.command !== "lint" && projects.some(({ migrations }) => migrations.length > 0);
  await using engine = verifies ? await startEngine(settings, args.databaseUrl) : undefined;
  const result = await reviewOf(change, engine);
  progress[Symbol.dispose]();
  return tellReview(args, result, change.files, terminal);
}

interface Fixing {
  readonly change: LocalChange;
  readonly reviewOf: (change: LocalChange) => Promise<ReviewResult>;
  readonly progress: ProgressLine;
}

/** `lint --fix`: makes the fixes, or shows them, and reports what is left. */
async function lintAndFix(
  args: Arguments,
  { change, reviewOf, progress }: Fixing,
  terminal: Terminal,
): Promise<number> {
  const { applyFixes } = await import("../review/apply-fixes.ts");
  const { diffOf, tellFixes, writeFixes } = await import("./fix.ts");
  const fixed = await applyFixes(change, reviewOf);
  progress[Symbol.dispose]();
  if (args.dryRun) {
    terminal.stdout.write(await diffOf(fixed, change));
    return tellCrashes(fixed.result, terminal);
  }
  writeFixes(fixed, change);
  tellFixes(fixed, change, terminal);
  return tellReview(args, fixed.result, fixed.change.files, terminal);
}

/** Prints the report, and gives the exit status. */
async function tellReview(
  args: Arguments,
  result: ReviewResult,
  files: RepositoryFiles,
  terminal: Terminal,
): Promise<number> {
  const colour = usesColour(args.colour, terminal.stdout, terminal.env);
  const width = terminal.stdout.columns;
  terminal.stdout.write(
    await renderReview(args.format, result.review, files, {
      colour,
      // A pseudo-terminal may have no width at all.
      ...(width === undefined || width === 0 ? {} : { width }),
      checklist: settings.checklist,
      ...(args.all || target.named ? {} : { changedPaths: [...change.changes.keys()] }),
    }),
  );
  return tellCrashes(result, terminal);
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
