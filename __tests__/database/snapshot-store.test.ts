import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { SnapshotStore, type StoreOptions } from "../../src/database/snapshot-store.ts";
import { snapshotsOfRun } from "../../src/database/snapshots-of-run.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "migrate-verify-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function storeOf(changes: Partial<StoreOptions> = {}): SnapshotStore {
  return new SnapshotStore({ folder, root: "/shop", engine: "one", writes: true, ...changes });
}

async function keep(store: SnapshotStore, key: string, archive = `archive of ${key}`) {
  await store.keep({ key, memo: `memo of ${key}` }, async (write) => {
    for (const piece of archive.match(/.{1,7}/g) ?? []) write(Buffer.from(piece));
  });
}

function onlyFile(): string {
  const [name = "", ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  return join(folder, name);
}

describe("the store of snapshots", () => {
  it("gives back what was kept under a key, the first of several", async () => {
    const store = storeOf();
    await keep(store, "a");
    await keep(store, "b");
    const found = store.find(["nothing", "b", "a"]);
    expect(found).toMatchObject({ state: { key: "b" }, bytes: "archive of b".length });
    expect(found?.state.memo).toBe("memo of b");
    expect(readFileSync(found?.path ?? "", "utf8").startsWith("archive of b")).toBe(true);
    expect(store.find(["nothing"])).toBeUndefined();
  });

  it("has the one at hand that was used last", async () => {
    const store = storeOf();
    expect(store.latest()).toBeUndefined();
    await keep(store, "a");
    await keep(store, "b");
    const [a, b] = [store.find(["a"]), store.find(["b"])];
    for (const [one, time] of [a, b].entries()) utimesSync(time?.path ?? "", one + 1, one + 1);
    expect(store.latest()?.state.key).toBe("b");
    if (a !== undefined) store.touch(a);
    expect(store.latest()?.state.key).toBe("a");
  });

  it.each([
    ["another repository", { root: "/other" }],
    ["another engine", { engine: "two" }],
  ])("shows nothing of %s", async (_, changes) => {
    await keep(storeOf(), "a");
    expect(storeOf(changes).latest()).toBeUndefined();
    expect(storeOf(changes).find(["a"])).toBeUndefined();
  });

  it("writes nothing where it may only read", async () => {
    await keep(storeOf({ writes: false }), "a");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("keeps nothing of what did not come whole", async () => {
    await storeOf().keep({ key: "a", memo: "" }, async (write) => {
      write(Buffer.from("half"));
      throw new Error("the child died");
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("removes what was not used for longest when there is too much", async () => {
    const store = storeOf({ mostBytes: 3_000 });
    for (const [index, key] of ["a", "b", "c"].entries()) {
      await keep(store, key, "x".repeat(1_000));
      utimesSync(store.find([key])?.path ?? "", index + 1, index + 1);
    }
    const b = store.find(["b"]);
    expect(store.find(["a"])).toBeUndefined();
    expect([b?.state.key, store.find(["c"])?.state.key]).toEqual(["b", "c"]);
  });

  it.each([
    ["is cut short", (path: string) => truncateSync(path, 20)],
    ["is empty", (path: string) => truncateSync(path)],
    [
      "holds another memo than it says",
      (path: string) => writeFileSync(path, readFileSync(path, "latin1").replace("memo", "mEmo")),
    ],
    ["is of another format", (path: string) => writeFileSync(path, "x".repeat(200))],
  ])("does not see a file that %s", async (_, damage) => {
    await keep(storeOf(), "a");
    damage(onlyFile());
    expect(storeOf().find(["a"])).toBeUndefined();
    expect(storeOf().latest()).toBeUndefined();
  });

  (process.platform === "win32" ? it.skip : it)(
    "trusts no file that others may write",
    async () => {
      await keep(storeOf(), "a");
      chmodSync(onlyFile(), 0o666);
      expect(storeOf().find(["a"])).toBeUndefined();
    },
  );
});

describe("where the databases of a run are kept", () => {
  const program = import.meta.filename;

  it.each([
    ["on somebody's machine", {}, true],
    ["for a push", { GITHUB_EVENT_NAME: "push" }, true],
    ["for a pull request", { GITHUB_EVENT_NAME: "pull_request" }, false],
    [
      "for a pull request, with its base's rights",
      { GITHUB_EVENT_NAME: "pull_request_target" },
      false,
    ],
    ["for the merge queue", { GITHUB_EVENT_NAME: "merge_group" }, false],
    ["for a comment", { GITHUB_EVENT_NAME: "issue_comment" }, false],
  ])("%s", (_, env, writes) => {
    const place = { env: { ...env, XDG_CACHE_HOME: folder }, root: "/shop", program };
    expect(snapshotsOfRun(place)).toMatchObject({
      folder: join(folder, "migrate-verify", "snapshots"),
      writes,
    });
  });

  it("in the folder that is named, or nowhere", () => {
    const place = { env: { MIGRATE_VERIFY_CACHE: folder }, root: "/shop", program };
    expect(snapshotsOfRun(place)).toMatchObject({ folder });
    expect(snapshotsOfRun({ ...place, env: { MIGRATE_VERIFY_CACHE: "off" } })).toBeUndefined();
    expect(snapshotsOfRun({ ...place, program: "/nowhere" })).toBeUndefined();
  });

  it("apart for each folder and each state of this program", () => {
    const other = join(folder, "program.js");
    writeFileSync(other, "another");
    const env = { MIGRATE_VERIFY_CACHE: folder };
    const roots = [
      snapshotsOfRun({ env, root: "/shop", program }),
      snapshotsOfRun({ env, root: "/other", program }),
      snapshotsOfRun({ env, root: "/shop", program: other }),
    ].map((one) => one?.root);
    expect(new Set(roots).size).toBe(3);
  });
});
