import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Drift } from "../core/drift.ts";
import type { Database } from "../verify/database.ts";
import { DatabaseGone } from "../verify/database.ts";
import { inCurrentSyntax } from "./current-syntax.ts";
import type { DriftOrder, FromWorker, ToWorker } from "./messages.ts";
import type { ModelFile } from "../verify/model-comparer.ts";
import { readQuery } from "./read-query.ts";

/** Where the worker and the engine lie; by default beside this program, where the build puts them. */
export interface DriftFiles {
  readonly worker?: string;
  readonly engine?: string;
}

/** Models are anybody's text: an engine that does not come to an end is ended, in ms. */
const TIMEOUT_MS = 30_000;
const MOST_MEMORY_MB = 512;
/** Of the statements and of a reason, in UTF-16 units. */
const LONGEST_SQL = 100_000;
const LONGEST_REASON = 1_000;

/**
 * Compares what a database holds with Prisma's models. The engine runs in a thread of its own, which
 * is ended when it takes too long. The session must not be in a transaction, and is as it was after.
 */
export async function prismaDrift(
  database: Database,
  files: readonly ModelFile[],
  { worker, engine }: DriftFiles = {},
): Promise<Drift> {
  const entry = worker ?? fileURLToPath(new URL("./drift-worker.js", import.meta.url));
  const order: DriftOrder = {
    engine: engine ?? join(dirname(entry), "schema_engine_bg.wasm"),
    files: inCurrentSyntax(files),
  };
  const paths = files.map(({ path }) => path);
  const told = await compared(entry, order, database);
  if (told.kind === "done") return { paths, sql: told.sql.slice(0, LONGEST_SQL).trim() };
  return { paths, sql: "", reason: told.reason.slice(0, LONGEST_REASON) };
}

type Told = Exclude<FromWorker, { readonly kind: "query" }>;

async function compared(entry: string, order: DriftOrder, database: Database): Promise<Told> {
  const worker = new Worker(entry, {
    workerData: order,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Told>((resolve, reject) => {
      const fail = (reason: string): void => resolve({ kind: "failed", reason });
      timer = setTimeout(() => fail("the comparison took too long"), TIMEOUT_MS);
      worker.on("error", (error) => fail(String(error)));
      worker.on("exit", () => fail("the comparison ended without an answer"));
      worker.on("message", (message: FromWorker) => {
        if (message.kind !== "query") {
          resolve(message);
          return;
        }
        void answer(database, message).then((reply) => worker.postMessage(reply, []), reject);
      });
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

/** Throws only when the database is gone. */
async function answer(
  database: Database,
  { sql, args }: Extract<FromWorker, { readonly kind: "query" }>,
): Promise<ToWorker> {
  try {
    return { result: await readQuery(database, sql, args) };
  } catch (error) {
    if (error instanceof DatabaseGone) throw error;

    return { error: error instanceof Error ? error.message : String(error) };
  }
}
