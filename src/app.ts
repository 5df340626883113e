import { rules } from "../rules/index.ts";
import { UserError } from "./core/user-error.ts";
import type { Settings } from "./core/settings.ts";
import { isolatedEngine } from "./database/isolated-engine.ts";
import { startEngine } from "./database/start-engine.ts";
import { announceCheck } from "./github/announce-check.ts";
import { ContentCache } from "./github/contents/content-cache.ts";
import { recordTick } from "./github/record-tick.ts";
import { lookAtPull } from "./github/review-head.ts";
import { reviewMergeGroup } from "./github/review-merge-group.ts";
import { reviewPull, type PullTools } from "./github/review-pull.ts";
import { runCommand } from "./github/run-command.ts";
import { failCheck, settleCheck } from "./github/settle-check.ts";
import type { Surroundings } from "./github/surroundings.ts";
import { loadParser } from "./parser/parse-script.ts";
import { ruleCrashLine } from "./report/rule-crash-words.ts";
import { startServer, type RunningServer, type Tools } from "./server/serve.ts";
import { parseServerConfig } from "./server/server-config.ts";
import type { AppWork, ReviewedJob } from "./server/worker.ts";

/** Starts the GitHub App as the environment describes it. Throws UserError for what its owner can mend. */
export async function startApp(
  env: Readonly<Record<string, string | undefined>>,
  write: (line: string) => void,
): Promise<RunningServer> {
  return startServer(parseServerConfig(env), write, appWork);
}

const ISOLATION_REMEDY =
  "Whoever runs the App installs bubblewrap and lets the App's user make namespaces, or sets ISOLATION=weak (docs/github-app.md).";

type Octokit = Awaited<ReturnType<Tools["probot"]["auth"]>>;

/** What the App does with each kind of job. */
function appWork({ config, probot, state, log }: Tools): AppWork {
  const cache = new ContentCache();
  const toolsFor = async (signal: AbortSignal): Promise<PullTools> => {
    const app = await state.ask();
    if (app === undefined) throw new Error("GitHub has not said yet which App this is.");
    return {
      rules,
      loadParser,
      startEngine: async (settings) =>
        startEngine(
          withEngine(settings, config.engine),
          undefined,
          config.weakIsolation
            ? {}
            : { isolate: (engine) => isolatedEngine(engine, ISOLATION_REMEDY) },
        ),
      compareModels: async (database, files) =>
        (await import("./drift/prisma-drift.ts")).prismaDrift(database, files),
      cache,
      self: `${app.slug}[bot]`,
      key: config.stateKey,
      now: () => new Date(),
      onContradiction: ({ text, ...about }) => log.warn(about, text),
      onCrash: (crash) =>
        log.error(
          { rule: crash.rule, path: crash.path, line: crash.line, err: crash.error },
          ruleCrashLine(crash),
        ),
      signal,
    };
  };
  return {
    work: async (job, signal) => {
      const octokit = await probot.auth(job.repo.installation);
      await work(octokit, job, await toolsFor(signal));
    },
    announce: async (job) => announceCheck(await probot.auth(job.repo.installation), job),
    giveUp: async (job, error) => {
      if (job.kind !== "review" && job.kind !== "merge-group") return;
      const octokit = await probot.auth(job.repo.installation);
      await failCheck(octokit, job, reasonOf(error));
    },
  };
}

async function work(octokit: Octokit, job: ReviewedJob, tools: PullTools): Promise<void> {
  switch (job.kind) {
    case "review":
      await reviewPull(octokit, job, tools);
      return;
    case "merge-group":
      await reviewMergeGroup(octokit, job, tools);
      return;
    case "command":
      return runCommand(octokit, job, surroundings(octokit, tools));
    case "tick":
      return recordTick(octokit, job, surroundings(octokit, tools));
  }
}

function surroundings(octokit: Octokit, tools: PullTools): Surroundings {
  return {
    ...tools,
    review: async (job) => reviewPull(octokit, { ...job, again: true }, tools),
    look: async (job) => lookAtPull(octokit, job, tools),
    settle: async (settlement) => settleCheck(octokit, settlement),
  };
}

/** What the server's owner says of engines goes before what a repository says. */
function withEngine(settings: Settings, engine: Settings["verify"]["engine"]): Settings {
  if (engine === "auto") return settings;
  return { ...settings, verify: { ...settings.verify, engine } };
}

/** For people on the pull request: nothing of a bug's inside, which the log has. */
function reasonOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  const status =
    typeof error === "object" && error !== null && "status" in error ? error.status : undefined;
  return typeof status === "number"
    ? `GitHub answered ${status} to what the App asked`
    : "the App failed; its log says why";
}
