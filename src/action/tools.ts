import { rules } from "../../rules/index.ts";
import { startEngine } from "../database/start-engine.ts";
import { ContentCache } from "../github/contents/content-cache.ts";
import type { HeadTools } from "../github/review-head.ts";
import { loadParser } from "../parser/parse-script.ts";
import type { Inputs } from "./inputs.ts";
import type { ActionStreams } from "./outputs.ts";

/** What the Action reviews with. */
export function actionTools(
  { overrides, databaseUrl }: Inputs,
  { write }: ActionStreams,
): HeadTools {
  return {
    rules,
    loadParser,
    startEngine: (settings) => startEngine(settings, databaseUrl),
    compareModels: async (database, files) =>
      (await import("../drift/prisma-drift.ts")).prismaDrift(database, files),
    overrides,
    cache: new ContentCache(),
    onProgress: (step) => write(`${step}\n`),
  };
}
