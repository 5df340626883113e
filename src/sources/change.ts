import type { Change, Migration } from "../core/migration.ts";
import type { FileChanges } from "./files.ts";

/**
 * What a change did to a migration, told from the files of both its scripts. A migration is as new
 * as its up script: whoever adds, moves or edits the down script of an older one modifies it.
 */
export function changeOf(migration: Migration, changes: FileChanges): Change {
  const up = changes.get(migration.up.path);
  if (up === "added" || up === "renamed") return up;
  const down = typeof migration.down === "string" ? undefined : changes.get(migration.down.path);
  return up === undefined && down === undefined ? "unchanged" : "modified";
}
