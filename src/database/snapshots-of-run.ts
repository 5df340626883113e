import { readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";

import { cacheFolder } from "./cache-folder.ts";
import type { StoreOptions } from "./snapshot-store.ts";

/** Events of GitHub on which everything that runs is of a branch that people pushed to: https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows */
const OF_A_BRANCH: ReadonlySet<string> = new Set(["push", "schedule", "workflow_dispatch"]);

/** What is known of a run. */
export interface RunPlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that is checked. */
  readonly root: string;
  /** The file of this program that was started: its bundle names what else it is made of. */
  readonly program: string | undefined;
}

/**
 * Where the databases of a run are kept for the next one; undefined: nowhere. `MIGRATE_VERIFY_CACHE`
 * names another folder, or is `off`. A run for a pull request takes what others kept, and keeps nothing.
 */
export function snapshotsOfRun({
  env,
  root,
  program,
}: RunPlace): Omit<StoreOptions, "engine"> | undefined {
  const stated = env["MIGRATE_VERIFY_CACHE"] ?? "";
  if (stated === "off" || program === undefined) return undefined;
  const folder = isAbsolute(stated) ? stated : join(cacheFolder(env), "snapshots");
  const event = env["GITHUB_EVENT_NAME"] ?? "";
  try {
    // Not imported: with a cold start each library counts, and most runs need it for nothing else.
    const { createHash } = process.getBuiltinModule("node:crypto");
    const hash = createHash("sha256").update(readFileSync(program)).digest("hex");
    return { folder, root: `${hash}\0${root}`, writes: event === "" || OF_A_BRANCH.has(event) };
  } catch {
    // Without its own file it is not known what it would have kept.
    return undefined;
  }
}
