import type { Database, Engine } from "../verify/database.ts";

/**
 * An engine whose first database is started now, so that it comes up while migrations are read.
 * Dispose it in the end: a database that nobody asked for is closed then.
 */
export class WarmEngine implements Engine, AsyncDisposable {
  readonly #engine: Engine;
  readonly #unwanted = new AbortController();
  #first: Promise<Database> | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#first = engine.open(this.#unwanted.signal);
    // A failed start is told to whoever opens; until then it is not an unhandled rejection.
    this.#first.catch(() => undefined);
  }

  async open(): Promise<Database> {
    const first = this.#first;
    this.#first = undefined;
    return first ?? this.#engine.open();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const first = this.#first;
    if (first === undefined) return;
    this.#unwanted.abort();
    const [started] = await Promise.allSettled([first]);
    if (started.status === "fulfilled") await started.value[Symbol.asyncDispose]();
  }
}
