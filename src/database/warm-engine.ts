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

  async open(unwanted?: AbortSignal, keys: readonly string[] = []): Promise<Database> {
    const first = await this.#takeFirst();
    if (first !== undefined) {
      const isWanted = first.kept === undefined ? !this.holds(keys) : keys.includes(first.kept.key);
      if (isWanted) return first;
      await first[Symbol.asyncDispose]();
    }
    return this.#engine.open(unwanted, keys);
  }

  holds(keys: readonly string[]): boolean {
    return this.#engine.holds?.(keys) ?? false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#first === undefined) return;
    this.#unwanted.abort();
    const [started] = await Promise.allSettled([this.#takeFirst()]);
    if (started.status === "fulfilled") await started.value?.[Symbol.asyncDispose]();
  }

  async #takeFirst(): Promise<Database | undefined> {
    const first = this.#first;
    this.#first = undefined;
    return first;
  }
}
