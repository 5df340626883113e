import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";

/** Only the holder's own lock is extended or given back. https://redis.io/docs/latest/develop/clients/patterns/distributed-locks/ */
const EXTEND = `if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("pexpire", KEYS[1], ARGV[2]) end return 0`;
const RELEASE = `if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) end return 0`;

/** The right to work on a key, among all machines. It ends by itself when its holder dies. */
export class KeyLock {
  readonly #redis: Redis;
  readonly #name: string;
  readonly #token = randomUUID();
  readonly #lockMs: number;
  #renewal: NodeJS.Timeout | undefined;

  private constructor(redis: Redis, name: string, lockMs: number) {
    this.#redis = redis;
    this.#name = name;
    this.#lockMs = lockMs;
  }

  /** Takes the lock, and renews it until it is released; undefined when another job holds it. */
  static async take(
    redis: Redis,
    name: string,
    lockMs: number,
    onLost: () => void,
  ): Promise<KeyLock | undefined> {
    const lock = new KeyLock(redis, name, lockMs);
    const taken = await redis.set(name, lock.#token, "PX", lockMs, "NX");
    if (taken === null) return undefined;
    lock.#keep(onLost);
    return lock;
  }

  #keep(onLost: () => void): void {
    let heldUntil = performance.now() + this.#lockMs;
    const renew = async (): Promise<void> => {
      const askedAt = performance.now();
      try {
        const held = await this.#redis.eval(EXTEND, 1, this.#name, this.#token, this.#lockMs);
        if (held === 1) heldUntil = askedAt + this.#lockMs;
        else heldUntil = 0;
      } catch {
        // Redis is away: the lock is held for as long as it was promised.
      }
      if (performance.now() < heldUntil) return;
      clearInterval(this.#renewal);
      onLost();
    };
    this.#renewal = setInterval(() => void renew(), this.#lockMs / 3);
  }

  /** Gives the lock back. Where Redis cannot be reached, it ends by itself. */
  async release(): Promise<void> {
    clearInterval(this.#renewal);
    await this.#redis.eval(RELEASE, 1, this.#name, this.#token).catch(() => undefined);
  }
}
