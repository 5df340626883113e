import { closeSync, openSync } from "node:fs";
import { open } from "node:fs/promises";
import { crc32 } from "node:zlib";

import { RECORD, runProgram, type SandboxedSurroundings } from "./server-surroundings.ts";
import type { Snapshot } from "./snapshot-store.ts";

/** What a data directory has that only its own server needs, and what is made anew. */
const OWN = ["postmaster.pid", "postmaster.opts", "base/pgsql_tmp/*", "pg_stat_tmp/*"];

const PIECE_BYTES = 1024 * 1024;

/**
 * The data directory of a server that runs, as a tar archive, piece by piece. A checkpoint has to have
 * been just before, and nobody may write: a start from the archive then recovers next to nothing.
 * Throws an Error where it could not be read whole.
 */
export async function archiveData(
  surroundings: SandboxedSurroundings,
  write: (piece: Buffer) => void,
): Promise<void> {
  const without = OWN.map((path) => `--exclude=data/${path}`);
  await runProgram("tar", ["-cf", "-", ...RECORD, ...without, "data"], surroundings, {
    output: write,
  });
}

/**
 * Makes the data directory of a server from a snapshot of another's. Throws an Error where the archive
 * is not the one that was written.
 */
export async function unpackSnapshot(
  { path, bytes, crc }: Snapshot,
  surroundings: SandboxedSurroundings,
): Promise<void> {
  const input = openSync(path, "r");
  try {
    // The archive ends before the file does, and tar stops there.
    const unpacked = runProgram("tar", ["-xf", "-"], surroundings, { input });
    const [found] = await Promise.all([checksumOf(path, bytes), unpacked]);
    if (found !== crc) throw new Error(`${path} is damaged`);
  } finally {
    closeSync(input);
  }
}

/** Of the first bytes of a file. Throws an Error where it has not as many. */
export async function checksumOf(path: string, bytes: number): Promise<number> {
  await using file = await open(path, "r");
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  let sum = 0;
  for (let at = 0; at < bytes;) {
    const { bytesRead } = await file.read(piece, 0, Math.min(PIECE_BYTES, bytes - at), at);
    if (bytesRead === 0) throw new Error(`${path} is cut short`);
    sum = crc32(piece.subarray(0, bytesRead), sum);
    at += bytesRead;
  }
  return sum;
}
