import { DatabaseGone } from "../verify/database.ts";

/** A session does one thing at a time: who calls before the last call ended has a bug. */
export class Turn {
  #busy = false;

  /** Throws DatabaseGone where the database is no longer alive. */
  async take<Result>(
    database: { readonly alive: boolean },
    work: () => Promise<Result>,
  ): Promise<Result> {
    if (!database.alive) throw new DatabaseGone();
    if (this.#busy) throw new Error("the database is busy: wait for the query before");
    this.#busy = true;
    try {
      return await work();
    } finally {
      this.#busy = false;
    }
  }
}
