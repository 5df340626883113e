import { createHash } from "node:crypto";

import type { KeptState } from "./database.ts";
import type { Filled } from "./rows/fill-tables.ts";
import type { ScriptRun, VerifyInput } from "./script-run.ts";
import type { Provisions } from "./session.ts";
import type { State } from "./state.ts";

/** What is known of a database that was kept. */
export interface KeptBase {
  readonly provisions: Provisions;
  /** What was made beforehand, in a sentence. */
  readonly preludeNote?: string;
  /** Present where its tables were filled. */
  readonly rows?: {
    readonly filled: Filled;
    readonly notes: readonly string[];
    readonly state: State;
  };
}

/** Names of what may be kept of a project. */
export interface BaseKeys {
  /** After so many of the earlier migrations, without rows that were made up; the first after none. */
  readonly after: readonly string[];
  /** After all of them, with the rows that are wanted for a migration. */
  readonly filled: (wanted: unknown) => string;
}

/** Changes when other things are kept, or are read in another way. */
const FORMAT = 2;

/**
 * Names by all that decides about a base: what is made before the first migration, then each of the
 * earlier ones as its runner sends it, with all before it.
 */
export function baseKeys({ base, settings, prelude, before, seed }: VerifyInput): BaseKeys {
  const { rows, extensions } = settings;
  const made = { prelude, before: before && sent(before), extensions };
  const after = [digest("", { FORMAT, ...made })];
  for (const run of base) after.push(digest(after.at(-1) ?? "", sent(run)));
  return { after, filled: (wanted) => digest(after.at(-1) ?? "", { rows, seed, wanted }) };
}

/** Of a script what becomes of it, and where it is told to stand. */
function sent({ source }: ScriptRun): unknown {
  const { path, text, span, execution, statementSpans, substitutions } = source;
  return { path, text, span, execution, statementSpans, substitutions };
}

function digest(earlier: string, value: unknown): string {
  return createHash("sha256").update(earlier).update(JSON.stringify(value)).digest("hex");
}

export function keptState(key: string, base: KeptBase): KeptState {
  return { key, memo: base };
}

/** What this program kept itself: the checksums of the file were right. */
export function keptBase({ memo }: KeptState): KeptBase {
  return memo as KeptBase;
}
