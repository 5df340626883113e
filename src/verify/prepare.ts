import type { HistoryFailure } from "./history.ts";
import { makePrelude, type MadePrelude } from "./prelude.ts";
import type { VerifyInput } from "./script-run.ts";
import type { Session } from "./session.ts";
import type { UnverifiedList } from "./unverified-list.ts";

/** Creates the extensions of the configuration. Tells which could not be created, and why. */
async function createExtensions(
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
async function runBefore(
  session: Session,
  { path, text }: { readonly path: string; readonly text: string },
): Promise<HistoryFailure | undefined> {
  const { failure } = await session.send([text], session.context.clock.forScript());
  await session.reset();
  return failure === undefined ? undefined : { path, error: failure.error };
}

/**
 * Makes what is there before the first migration: what a host provides, extensions, and what
 * production made by hand. `note` says what a host provides.
 */
export async function prepareDatabase(
  session: Session,
  { settings, before, prelude }: Pick<VerifyInput, "settings" | "before" | "prelude">,
  unverified: UnverifiedList,
): Promise<{ readonly note?: string; readonly failure?: HistoryFailure }> {
  const made: MadePrelude = prelude === undefined ? {} : await makePrelude(session, prelude);
  if (made.failed !== undefined) unverified.tell("verify.before", made.failed);
  for (const reason of await createExtensions(session, settings.extensions)) {
    unverified.tell("verify.extensions", reason);
  }
  const failure = before === undefined ? undefined : await runBefore(session, before);
  return {
    ...(made.note === undefined ? {} : { note: made.note }),
    ...(failure === undefined ? {} : { failure }),
  };
}
