import { chown, mkdir, open, readdir, type FileHandle } from "node:fs/promises";
import { join } from "node:path";

import { checksumOf } from "../data-archive.ts";
import type { ServerUser } from "../server-user.ts";
import type { Snapshot } from "../snapshot-store.ts";
import {
  BLOCK_BYTES,
  paddedSize,
  readTarHeader,
  TAR_END,
  tarHeader,
  tarPadding,
  type TarHeader,
} from "../tar.ts";

/** What a data directory has that only its own server needs, and what is made anew. */
const OWN: ReadonlySet<string> = new Set(["data/postmaster.pid", "data/postmaster.opts"]);
const EMPTIED: ReadonlySet<string> = new Set(["data/base/pgsql_tmp", "data/pg_stat_tmp"]);

const PIECE_BYTES = 1024 * 1024;

type Write = (piece: Buffer) => void;

/**
 * A server's data directory as a tar archive, piece by piece, without the program tar. A checkpoint
 * has to have been just before, and nobody may write. Throws an Error where it could not be read whole.
 */
export async function archiveFolder(folder: string, write: Write): Promise<void> {
  await archiveWithin(folder, "data", write);
  write(TAR_END);
}

async function archiveWithin(folder: string, path: string, write: Write): Promise<void> {
  write(tarHeader(path, undefined));
  if (EMPTIED.has(path)) return;
  for (const entry of await readdir(join(folder, path), { withFileTypes: true })) {
    const name = `${path}/${entry.name}`;
    if (entry.isDirectory()) await archiveWithin(folder, name, write);
    else if (!OWN.has(name)) await archiveFile(folder, name, write);
  }
}

async function archiveFile(folder: string, name: string, write: Write): Promise<void> {
  await using file = await open(join(folder, name), "r");
  const { size } = await file.stat();
  write(tarHeader(name, size));
  for await (const piece of piecesOf(file, 0, size)) write(piece);
  write(tarPadding(size));
}

/**
 * Makes the data directory of a server from a snapshot of another's, as files of `user`. Throws an
 * Error where the archive is not the one that was written.
 */
export async function unpackFolder(
  { path, bytes, crc }: Snapshot,
  folder: string,
  user: ServerUser | undefined,
): Promise<void> {
  if ((await checksumOf(path, bytes)) !== crc) throw new Error(`${path} is damaged`);
  await using archive = await open(path, "r");
  for (let at = 0; at < bytes;) {
    for await (const block of piecesOf(archive, at, BLOCK_BYTES)) {
      const header = readTarHeader(block, 0);
      if (header === undefined) return;
      await unpackEntry(archive, at + BLOCK_BYTES, header, { folder, user });
      at += BLOCK_BYTES + paddedSize(header.size);
    }
  }
}

async function unpackEntry(
  archive: FileHandle,
  at: number,
  { name, kind, size }: TarHeader,
  { folder, user }: { readonly folder: string; readonly user: ServerUser | undefined },
): Promise<void> {
  if (!/^data(?:\/[\w.-]+)*$/.test(name) || name.includes("..")) {
    throw new Error(`an archive of a data directory holds ${name}`);
  }
  const target = join(folder, name);
  if (kind === "folder") {
    await mkdir(target, { mode: 0o700 });
  } else {
    await using file = await open(target, "wx", 0o600);
    for await (const piece of piecesOf(archive, at, size)) await file.writeFile(piece);
  }
  if (user !== undefined) await chown(target, user.uid, user.gid);
}

/** A part of a file. Throws an Error where the file is shorter. */
async function* piecesOf(file: FileHandle, from: number, bytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes;) {
    const room = Buffer.allocUnsafe(Math.min(PIECE_BYTES, bytes - at));
    const { bytesRead } = await file.read(room, 0, room.length, from + at);
    if (bytesRead === 0) throw new Error("a file is shorter than it was");
    yield room.subarray(0, bytesRead);
    at += bytesRead;
  }
}
