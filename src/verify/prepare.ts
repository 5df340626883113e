import { applyHistory, type HistoryFailure } from "./history.ts";
import { makePrelude, type MadePrelude } from "./prelude.ts";
import type { ScriptRun, VerifyInput } from "./script-run.ts";
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

const PLAIN_ROLES = "The roles of verify.before were made without their attributes.";

/**
 * Runs the SQL for what production made by hand. Who runs migrations may not make roles: where the
 * engine makes them for us, it does, and they are members of that role.
 */
async function runBefore(session: Session, run: ScriptRun): Promise<Prepared> {
  const done = new Set<number>();
  if (session.database.createRole !== undefined) {
    for (const [index, name] of rolesMadeBy(run)) {
      if (await session.makeRole(name)) done.add(index);
    }
  }
  const failure = await applyHistory(session, [{ ...run, done }]);
  return {
    ...(failure === undefined ? {} : { failure }),
    ...(done.size === 0 ? {} : { note: PLAIN_ROLES }),
  };
}

/**
 * What sets an application's own settings for every session, as `SET app.host = 'example.org'`: a
 * session of production's has them. https://www.postgresql.org/docs/current/runtime-config-custom.html
 */
export function settingsOf({ script }: ScriptRun): string[] {
  return script.statements
    .filter(
      ({ operations }) =>
        operations.length > 0 &&
        operations.every(
          (one) => one.kind === "set-setting" && !one.local && one.setting.includes("."),
        ),
    )
    .map(({ span }) => script.text.slice(span.start, span.end));
}

/** The statements that make a role and nothing else, by their index. */
function rolesMadeBy({ script }: ScriptRun): Map<number, string> {
  const roles = new Map<number, string>();
  script.statements.forEach(({ operations }, index) => {
    const [only, ...others] = operations;
    if (only?.kind !== "create-object" || only.object !== "role" || others.length > 0) return;
    if (only.name !== undefined && only.inside === undefined) roles.set(index, only.name.name);
  });
  return roles;
}

/** What came of the preparations: what was made, in words, or what stopped them. */
export interface Prepared {
  readonly note?: string;
  readonly failure?: HistoryFailure;
}

/**
 * Makes what is there before the first migration: what a host provides, extensions, and what
 * production made by hand. `note` says what a host provides.
 */
export async function prepareDatabase(
  session: Session,
  { settings, before, prelude }: Pick<VerifyInput, "settings" | "before" | "prelude">,
  unverified: UnverifiedList,
): Promise<Prepared> {
  const made: MadePrelude = prelude === undefined ? {} : await makePrelude(session, prelude);
  if (made.failed !== undefined) unverified.tell("verify.before", made.failed);
  for (const reason of await createExtensions(session, settings.extensions)) {
    unverified.tell("verify.extensions", reason);
  }
  const own = before === undefined ? {} : await runBefore(session, before);
  const notes = [made.note, own.note].filter((note) => note !== undefined);
  return { ...own, ...(notes.length === 0 ? {} : { note: notes.join(" ") }) };
}
