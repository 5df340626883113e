import type { SeenDeliveries } from "./queue.ts";

/** A delivery can be asked for again for this long. https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks */
export const REMEMBERED_MS = 3 * 24 * 60 * 60_000;

const MOST = 100_000;

/** Remembers deliveries in this process. */
export class MemorySeenDeliveries implements SeenDeliveries {
  readonly #seenAt = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  has(id: string): Promise<boolean> {
    const seenAt = this.#seenAt.get(id);
    return Promise.resolve(seenAt !== undefined && this.#now() - seenAt < REMEMBERED_MS);
  }

  add(id: string): Promise<void> {
    this.#seenAt.delete(id);
    this.#seenAt.set(id, this.#now());
    // The oldest stand first.
    for (const [oldest, seenAt] of this.#seenAt) {
      if (this.#seenAt.size <= MOST && this.#now() - seenAt < REMEMBERED_MS) break;
      this.#seenAt.delete(oldest);
    }
    return Promise.resolve();
  }

  forget(id: string): Promise<void> {
    this.#seenAt.delete(id);
    return Promise.resolve();
  }
}
