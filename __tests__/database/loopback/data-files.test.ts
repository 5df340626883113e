import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { archiveFolder, unpackFolder } from "../../../src/database/loopback/data-files.ts";
import type { Snapshot } from "../../../src/database/snapshot-store.ts";
import { tarHeader, TAR_END, tarPadding } from "../../../src/database/tar.ts";

describe("the files of a data directory", () => {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "mv-files-"));
    mkdirSync(join(root, "from", "data", "base", "1"), { recursive: true });
    mkdirSync(join(root, "from", "data", "pg_stat_tmp"));
    mkdirSync(join(root, "to"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const snapshotOf = (archive: Buffer): Snapshot => {
    const path = join(root, "snapshot");
    // More stands behind the archive.
    writeFileSync(path, Buffer.concat([archive, Buffer.from("trailer")]));
    const state = { key: "k", memo: undefined };
    return { path, state, bytes: archive.length, crc: crc32(archive) };
  };
  const archived = async (): Promise<Buffer> => {
    const pieces: Buffer[] = [];
    await archiveFolder(join(root, "from"), (piece) => pieces.push(Buffer.from(piece)));
    return Buffer.concat(pieces);
  };
  const unpack = (snapshot: Snapshot) => unpackFolder(snapshot, join(root, "to"), undefined);

  it("come back as they were, without what is the server's own", async () => {
    const data = join(root, "from", "data");
    const large = Buffer.alloc(2_500_001, "é");
    writeFileSync(join(data, "base", "1", "16384_fsm.1"), large);
    writeFileSync(join(data, "empty"), "");
    writeFileSync(join(data, "postmaster.pid"), "1");
    writeFileSync(join(data, "pg_stat_tmp", "global.stat"), "1");
    await unpack(snapshotOf(await archived()));
    const to = join(root, "to", "data");
    expect(readFileSync(join(to, "base", "1", "16384_fsm.1")).equals(large)).toBe(true);
    expect(readFileSync(join(to, "empty"), "utf8")).toBe("");
    expect(existsSync(join(to, "postmaster.pid"))).toBe(false);
    expect(readdirSync(join(to, "pg_stat_tmp"))).toEqual([]);
  });

  it("are not unpacked where a byte is another", async () => {
    writeFileSync(join(root, "from", "data", "file"), "content");
    const snapshot = snapshotOf(await archived());
    const bytes = readFileSync(snapshot.path);
    bytes[600] = (bytes[600] ?? 0) ^ 1;
    writeFileSync(snapshot.path, bytes);
    await expect(unpack(snapshot)).rejects.toThrow("is damaged");
    expect(readdirSync(join(root, "to"))).toEqual([]);
  });

  it.each(["../outside", "data/../../outside", String.raw`data\..\x`, "C:x", "/abs", "other"])(
    "are not written where a name is %s",
    async (name) => {
      const archive = Buffer.concat([
        tarHeader("data", undefined),
        tarHeader(name, 3),
        Buffer.from("bad"),
        tarPadding(3),
        TAR_END,
      ]);
      await expect(unpack(snapshotOf(archive))).rejects.toThrow("holds");
      expect(existsSync(join(root, "outside"))).toBe(false);
    },
  );
});
