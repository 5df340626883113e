import type { HistoryFailure } from "./history.ts";
import type { Session } from "./session.ts";

/** Creates the extensions of the configuration. Tells which could not be created, and why. */
export async function createExtensions(
  session: Session,
  extensions: readonly string[],
): Promise<string[]> {
  const missing: string[] = [];
  for (const extension of extensions) {
    const name = `"${extension.replaceAll('"', '""')}"`;
    const query = `CREATE EXTENSION IF NOT EXISTS ${name} CASCADE`;
    const { failure } = await session.send([query], session.context.clock.forScript());
    if (failure === undefined) continue;
    missing.push(`the extension ${extension} could not be created: ${failure.error.message}`);
  }
  return missing;
}

/** Runs the SQL for what production made by hand. */
export async function runBefore(
  session: Session,
  { path, text }: { readonly path: string; readonly text: string },
): Promise<HistoryFailure | undefined> {
  const { failure } = await session.send([text], session.context.clock.forScript());
  await session.reset();
  return failure === undefined ? undefined : { path, error: failure.error };
}
