import { rules } from "../../rules/index.ts";
import { snapshotsOfRun } from "../database/snapshots-of-run.ts";
import { startEngine } from "../database/start-engine.ts";
import { ContentCache } from "../github/contents/content-cache.ts";
import type { HeadTools } from "../github/review-head.ts";
import { importRuleModules } from "../git/rule-module.ts";
import { loadParser } from "../parser/parse-script.ts";
import { withOwnRules } from "../review/own-rules.ts";
import { ruleCrashLine, stackOf } from "../report/rule-crash-words.ts";
import { untrustedBlock } from "../report/untrusted.ts";
import type { Inputs } from "./inputs.ts";
import type { ActionStreams } from "./outputs.ts";

/** What the Action reviews with. Throws UserError where the input `rules` names no module of rules. */
export async function actionTools(
  { overrides, databaseUrl, rules: modules }: Inputs,
  { env, write }: ActionStreams,
): Promise<HeadTools> {
  const own = await importRuleModules(modules, env["GITHUB_WORKSPACE"] ?? ".");
  return {
    rules: await withOwnRules(rules, own),
    loadParser,
    startEngine: (settings) => {
      const root = env["GITHUB_WORKSPACE"] ?? process.cwd();
      const snapshots = snapshotsOfRun({ env, root, program: process.argv[1] });
      return startEngine(settings, databaseUrl, { snapshots });
    },
    compareModels: async (database, files) =>
      (await import("../drift/prisma-drift.ts")).prismaDrift(database, files),
    overrides,
    cache: new ContentCache(),
    onProgress: (step) => write(`${step}\n`),
    onContradiction: ({ text }) => write(`${text}\n`),
    onCrash: (crash) => write(`${ruleCrashLine(crash)}\n${quoted(stackOf(crash.error))}\n`),
  };
}

/** Each line behind a mark: none of them is read as a command of the workflow. */
function quoted(text: string): string {
  return untrustedBlock(text).replaceAll(/^/gm, "| ").replaceAll("##[", "# [");
}
