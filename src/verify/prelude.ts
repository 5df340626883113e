import type { Session } from "./session.ts";

/** What the host of a framework's databases provides before the first migration. */
export interface Prelude {
  /** What is made, in words; for the engine's limits. */
  readonly provides: string;
  readonly roles: readonly string[];
  /** Run as one query string. */
  readonly sql: string;
  /** Statements that may fail, each: not every engine has the extension. */
  readonly extensions: readonly string[];
  /** What a new session has set. */
  readonly session: string;
}

/** What came of a prelude. */
export interface MadePrelude {
  /** What was made, in a sentence. */
  readonly note?: string;
  /** Why all of it but roles could not be made. */
  readonly failed?: string;
}

/** Makes what a host provides. The extensions are told by whoever needs one that is not there. */
export async function makePrelude(session: Session, prelude: Prelude): Promise<MadePrelude> {
  let areRolesMade = true;
  for (const role of prelude.roles) {
    if (!(await session.makeRole(role))) areRolesMade = false;
  }
  const { failure } = await session.send([prelude.sql], session.context.clock.forScript());
  if (failure !== undefined) {
    await session.reset();
    return { failed: `could not be made: ${prelude.provides}: ${failure.error.message}` };
  }
  for (const extension of prelude.extensions) {
    await session.send([extension], session.context.clock.forScript());
  }
  await session.reset();
  return { note: `Made ${prelude.provides}${areRolesMade ? ", and its roles" : ""}.` };
}
