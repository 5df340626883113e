import type { Redis } from "ioredis";
import type { SeenDeliveries } from "./queue.ts";
import { PREFIX } from "./redis-connection.ts";
import { REMEMBERED_MS } from "./seen-deliveries.ts";

/** Remembers deliveries for all machines. */
export class RedisSeenDeliveries implements SeenDeliveries {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  async has(id: string): Promise<boolean> {
    return (await this.#redis.exists(nameOf(id))) === 1;
  }

  async add(id: string): Promise<void> {
    await this.#redis.set(nameOf(id), 1, "PX", REMEMBERED_MS);
  }

  async forget(id: string): Promise<void> {
    await this.#redis.del(nameOf(id));
  }
}

function nameOf(id: string): string {
  return `${PREFIX}:delivery:${id}`;
}
