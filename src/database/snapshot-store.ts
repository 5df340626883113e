import { createHash, randomBytes } from "node:crypto";
import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { crc32 } from "node:zlib";

import type { KeptState } from "../verify/database.ts";
import { makeFolder } from "./make-folder.ts";

/** A data directory that was kept: an archive at the start of a file, then what is known of it. */
export interface Snapshot {
  readonly path: string;
  readonly state: KeptState;
  /** Length of the archive, in bytes. */
  readonly bytes: number;
  /** Of the archive. */
  readonly crc: number;
}

export interface StoreOptions {
  readonly folder: string;
  /** Of which repository the snapshots are: those of another are not looked at. */
  readonly root: string;
  /** What makes the engine the one that it is: those of another one are not looked at. */
  readonly engine: string;
  /** Whether anything is kept. A pull request's run only reads. */
  readonly writes: boolean;
  /** What all snapshots may take together, in bytes. */
  readonly mostBytes?: number;
}

const MOST_BYTES = 512 * 1024 * 1024;
const MAGIC = "migrate-verify-1";
/** The magic, then four numbers: length and checksum of the archive, and of the memo. */
const TRAILER_BYTES = 16 + 4 * 6;
const LARGEST_MEMO = 64 * 1024 * 1024;
const STALE_DRAFT_MS = 3_600_000;

/** Snapshots on disk. What is damaged or somebody else's is as good as not there. */
export class SnapshotStore {
  readonly #options: StoreOptions;
  readonly #prefix: string;

  constructor(options: StoreOptions) {
    this.#options = options;
    const { root, engine } = options;
    const hash = createHash("sha256").update(JSON.stringify([MAGIC, root, engine]));
    this.#prefix = `${hash.digest("hex").slice(0, 16)}-`;
  }

  get writes(): boolean {
    return this.#options.writes;
  }

  /** The one that was used last: most probably the next one, too. */
  latest(): Snapshot | undefined {
    const [newest] = this.#files((name) => name.startsWith(this.#prefix));
    return newest === undefined ? undefined : this.#read(newest.name);
  }

  /** The first of these keys that there is a snapshot of. */
  find(keys: readonly string[]): Snapshot | undefined {
    const names = new Set(this.#files((name) => name.startsWith(this.#prefix)).map(nameOf));
    for (const key of names.size === 0 ? [] : keys) {
      const name = this.#nameOf(key);
      const found = names.has(name) ? this.#read(name) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Marks it as used, so that it is not the next one to be removed. */
  touch({ path }: Snapshot): void {
    try {
      const now = new Date();
      utimesSync(path, now, now);
    } catch {
      // It was removed meanwhile, or the folder is read only.
    }
  }

  remove({ path }: Snapshot): void {
    rmSync(path, { force: true });
  }

  /**
   * Keeps a state with the archive that `fill` writes; then removes what was not used for longest.
   * Nothing is kept where `fill` throws or the folder cannot be written.
   */
  async keep(
    state: KeptState,
    fill: (write: (chunk: Buffer) => void) => Promise<void>,
  ): Promise<void> {
    if (!this.#options.writes) return;
    const { folder } = this.#options;
    const path = join(folder, this.#nameOf(state.key));
    const draft = `${path}.${randomBytes(6).toString("hex")}.draft`;
    try {
      makeFolder(folder, 0o700);
      const file = openSync(draft, "wx", 0o600);
      try {
        let bytes = 0;
        let crc = 0;
        await fill((chunk) => {
          writeAll(file, chunk);
          bytes += chunk.length;
          crc = crc32(chunk, crc);
        });
        const memo = Buffer.concat([Buffer.from(`${state.key}\0`), serialize(state.memo)]);
        writeAll(file, memo);
        writeAll(file, trailerOf([bytes, crc, memo.length, crc32(memo)]));
      } finally {
        closeSync(file);
      }
      renameSync(draft, path);
      this.#prune();
    } catch {
      // Then the next run builds it again.
      rmSync(draft, { force: true });
    }
  }

  #nameOf(key: string): string {
    return `${this.#prefix}${createHash("sha256").update(key).digest("hex").slice(0, 32)}.snapshot`;
  }

  #files(isWanted: (name: string) => boolean): FileOfStore[] {
    const { folder } = this.#options;
    try {
      return readdirSync(folder)
        .filter((name) => name.endsWith(".snapshot") && isWanted(name))
        .map((name) => {
          const { size, mtimeMs } = statSync(join(folder, name));
          return { name, bytes: size, usedAt: mtimeMs };
        })
        .toSorted((a, b) => b.usedAt - a.usedAt);
    } catch {
      // There is no folder yet, or another process removes what this one reads.
      return [];
    }
  }

  #read(name: string): Snapshot | undefined {
    const path = join(this.#options.folder, name);
    try {
      const file = openSync(path, "r");
      try {
        return readSnapshot(file, path);
      } finally {
        closeSync(file);
      }
    } catch {
      return undefined;
    }
  }

  #prune(): void {
    const { folder, mostBytes = MOST_BYTES } = this.#options;
    let total = 0;
    for (const { name, bytes } of this.#files(() => true)) {
      total += bytes;
      if (total > mostBytes) rmSync(join(folder, name), { force: true });
    }
    for (const name of readdirSync(folder).filter((one) => one.endsWith(".draft"))) {
      const path = join(folder, name);
      const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
      if (Date.now() - mtimeMs > STALE_DRAFT_MS) rmSync(path, { force: true });
    }
  }
}

interface FileOfStore {
  readonly name: string;
  readonly bytes: number;
  /** In ms. */
  readonly usedAt: number;
}

function nameOf({ name }: FileOfStore): string {
  return name;
}

/** Throws an Error or answers undefined for what is not whole, or may be written by others. */
function readSnapshot(file: number, path: string): Snapshot | undefined {
  const { size, uid, mode } = fstatSync(file);
  if (process.getuid !== undefined && (uid !== process.getuid() || (mode & 0o022) !== 0)) {
    return undefined;
  }
  const trailer = readPart(file, size - TRAILER_BYTES, TRAILER_BYTES);
  if (trailer.toString("latin1", 0, 16) !== MAGIC) return undefined;
  const [bytes = 0, crc = 0, memoBytes = 0, memoCrc = 0] = [16, 22, 28, 34].map((at) =>
    trailer.readUIntBE(at, 6),
  );
  if (bytes + memoBytes + TRAILER_BYTES !== size || memoBytes > LARGEST_MEMO) return undefined;
  const memo = readPart(file, bytes, memoBytes);
  if (crc32(memo) !== memoCrc) return undefined;
  const end = memo.indexOf(0);
  return {
    path,
    state: {
      key: memo.toString("utf8", 0, end),
      memo: deserialize(memo.subarray(end + 1)) as unknown,
    },
    bytes,
    crc,
  };
}

function trailerOf(numbers: readonly number[]): Buffer {
  const trailer = Buffer.alloc(TRAILER_BYTES);
  trailer.write(MAGIC, "latin1");
  for (const [index, number] of numbers.entries()) trailer.writeUIntBE(number, 16 + index * 6, 6);
  return trailer;
}

function readPart(file: number, position: number, length: number): Buffer {
  const part = Buffer.alloc(length);
  for (let at = 0; at < length;) {
    const read = readSync(file, part, at, length - at, position + at);
    if (read === 0) throw new Error("the file is shorter than it says");
    at += read;
  }
  return part;
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}
