import { deserialize, serialize } from "node:v8";
import type { Memos } from "../core/memos.ts";
import { SnapshotStore } from "./snapshot-store.ts";
import { type RunPlace, snapshotsOfRun } from "./snapshots-of-run.ts";

/**
 * What the runs before this one kept, where the databases lie that they kept: files without an
 * archive. Undefined where nothing is kept, and where the program was not built: then its own file
 * does not tell what else it is made of.
 */
export function memosOfRun(place: RunPlace): Memos | undefined {
  const options = place.program?.endsWith(".ts") === true ? undefined : snapshotsOfRun(place);
  if (options === undefined) return undefined;
  const store = new SnapshotStore({ ...options, engine: "memos" });
  return {
    pack: serialize,
    unpack: deserialize,
    find(name) {
      const found = store.find([name]);
      if (found === undefined) return undefined;
      store.touch(found);
      return found.state.memo;
    },
    keep(name, memo) {
      void store.keep({ key: name, memo }, () => Promise.resolve());
    },
  };
}
