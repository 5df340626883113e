import type { Folder } from "./folder.ts";
import { readSqlName } from "./sql-name.ts";

/** Folders of SQL that is no migration, however it is numbered. */
const OTHER =
  /^(?:seeds?|seeders?|seed[-_]?data|fixtures?|quer(?:y|ies)|dumps?|backups?|snapshots?|samples?|tests?|testdata|docker-entrypoint-initdb\.d|init(?:db)?(?:\.d)?|functions|procedures|views|triggers|reports?|benchmarks?)$/i;
/** Folders whose numbered files are taken for migrations though no folder around them says so. */
const SCHEMA =
  /^(?:db|database|schemas?|sql|ddl|deltas?|changes|changesets?|patches|upgrades?|updates|versions?)$/i;

const TESTS = /^(?:_*tests?_*|testdata|spec|e2e|fixtures|examples?)$/i;

/**
 * Whether the numbered SQL files of a folder are migrations, for tools that only their names tell
 * of: seeds, queries, dumps and test data are numbered too. A folder `migrations` around them says
 * so, or names with a time or with a direction; elsewhere all files of the folder have to be numbered.
 */
export function looksLikeMigrations(folder: Folder): boolean {
  const path = folder.path.split("/");
  const around = path.findLastIndex((name) => /migrat/i.test(name));
  const inside = around === -1 ? [folder.name] : path.slice(around + 1);
  if (inside.some((name) => OTHER.test(name))) return false;
  const names = partsOf(folder)
    .flatMap(({ files }) => files.filter((file) => file.endsWith(".sql")))
    .map(readSqlName);
  const ordered = names.filter(({ order }) => order !== undefined);
  if (ordered.length === 0) return false;
  if (around !== -1 && inside.length <= 2) return true;
  const times = ordered.some(({ order }) => order?.some((part) => part.length >= 12) === true);
  const downs = ordered.some(({ direction }) => direction === "down") || folder.folders.has("down");
  if (times || downs) return true;
  if (!SCHEMA.test(folder.name) || path.some((name) => TESTS.test(name))) return false;
  return ordered.length > 1 && ordered.length === names.length;
}

/** A folder and, where it has both, its folders `up` and `down`. */
export function partsOf(folder: Folder): readonly Folder[] {
  const up = folder.folders.get("up");
  const down = folder.folders.get("down");
  return up === undefined || down === undefined ? [folder] : [folder, up, down];
}

/** Whether a folder is the `up` or `down` of the folder that it lies in. */
export function isHalf({ name, parent }: Folder): boolean {
  const other = new Map([
    ["up", "down"],
    ["down", "up"],
  ]).get(name);
  return other !== undefined && parent?.folders.has(other) === true;
}
