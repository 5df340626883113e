import type { Database, Engine } from "../verify/database.ts";
import { RunEnded } from "../verify/run-ended.ts";

/** Hostile SQL was not run, because too little would keep it from this machine. */
export class WeakIsolation extends RunEnded {
  constructor(reason: string) {
    super(reason);
    this.name = "WeakIsolation";
  }
}

/**
 * An engine whose databases are used only where the operating system keeps them from the machine.
 * `remedy` says to whoever runs this program what to do about it. What opens one throws WeakIsolation.
 */
export function isolatedEngine(engine: Engine, remedy: string): Engine {
  return {
    holds: (keys) => engine.holds?.(keys) ?? false,
    async open(unwanted, keys): Promise<Database> {
      const database = await engine.open(unwanted, keys);
      const { isolation, sandbox } = database.engine;
      if (isolation !== "weak") return database;
      await database[Symbol.asyncDispose]();
      const missing =
        sandbox === "unshare" ? "only from its network and processes" : "by nothing of the system";
      throw new WeakIsolation(
        `SQL of a pull request is not run here, because a database would be kept from this machine ${missing}. ${remedy}`,
      );
    },
  };
}
