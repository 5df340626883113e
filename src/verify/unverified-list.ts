import type { Unverified } from "../core/review.ts";

/** What was not verified, each once: a database may be built several times. */
export class UnverifiedList {
  readonly #entries: Unverified[] = [];

  get entries(): readonly Unverified[] {
    return this.#entries;
  }

  has(path: string): boolean {
    return this.#entries.some((one) => one.path === path);
  }

  tell(path: string, reason: string): void {
    const known = this.#entries.some((one) => one.path === path && one.reason === reason);
    if (!known) this.#entries.push({ path, reason });
  }
}
