import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

const PAUSE_MS = 1_000;

/**
 * Looks once a second at what the files of a server hold together, and ends it past a limit:
 * PostgreSQL limits its temporary files only, and where data is in memory, a full disk is a full memory.
 */
export class DiskWatch {
  readonly #folder: string;
  readonly #limit: number;
  readonly #end: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #exceeded: string | undefined;

  /** `limit` in bytes. */
  constructor(folder: string, limit: number, end: () => Promise<void>) {
    this.#folder = folder;
    this.#limit = limit;
    this.#end = end;
    this.#wait();
  }

  /** What was too much, in a few words; undefined while it is not. */
  get exceeded(): string | undefined {
    return this.#exceeded;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(): void {
    this.#timer = setTimeout(() => void this.#look(), PAUSE_MS).unref();
  }

  async #look(): Promise<void> {
    const used = await bytesIn(this.#folder);
    if (this.#timer === undefined) return;
    if (used <= this.#limit) {
      this.#wait();
      return;
    }
    const gigabytes = (this.#limit / 1024 ** 3).toFixed(1);
    this.#exceeded = `its files held more than ${gigabytes} GB, and it was ended`;
    // What goes wrong while it ends is told to who closes the database.
    await this.#end().catch(() => undefined);
  }
}

async function bytesIn(folder: string): Promise<number> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const sizes = entries.map(async (entry) => {
      if (!entry.isFile()) return 0;
      // Files come and go while they are counted.
      return stat(join(entry.parentPath, entry.name)).then(
        ({ blocks }) => blocks * 512,
        () => 0,
      );
    });
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  } catch {
    // A folder of it was removed meanwhile: the next look counts again.
    return 0;
  }
}
