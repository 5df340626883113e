import type { ReleaseQuery } from "../../core/release-query.ts";
import type { ReleaseCheck } from "../../core/verification.ts";
import type { ScriptRun } from "../script-run.ts";
import type { Session } from "../session.ts";
import { brokenQueries } from "./broken-queries.ts";
import { refusedBy, type Refused } from "./release-check.ts";

/** Tries the statements of the release before a migration, before its up and after it. */
export class ReleaseWatch {
  readonly #queries: readonly ReleaseQuery[];
  readonly #before: Refused;

  private constructor(queries: readonly ReleaseQuery[], before: Refused) {
    this.#queries = queries;
    this.#before = before;
  }

  /** To be called before the up. */
  static async start(session: Session, queries: readonly ReleaseQuery[]): Promise<ReleaseWatch> {
    return new ReleaseWatch(queries, await refusedBy(session, queries));
  }

  /** To be called when the up has run to its end. */
  async after(session: Session, up: ScriptRun): Promise<ReleaseCheck> {
    const before = this.#before;
    const after = await refusedBy(session, this.#queries);
    const tried = this.#queries.length - before.size;
    return { tried, broken: brokenQueries(this.#queries, { before, after }, up) };
  }
}
