import type { NewFile, NextMigration } from "../core/fix.ts";
import type { Framework, Migration } from "../core/migration.ts";
import { nextVersion } from "./next-version.ts";

/** A migration that does not exist yet, as its framework writes it. */
export interface PlannedMigration {
  readonly id: string;
  readonly version: string;
  readonly files: readonly NewFile[];
}

interface Place {
  /** Of the folder that holds the migrations, with `/` at its end; empty for the root. */
  readonly folder: string;
  readonly version: string;
  readonly name: string;
}

/** How a framework names and lays out a migration; undefined where it cannot hold this one. */
type Layout = (place: Place, next: NextMigration, like: Migration) => PlannedMigration | undefined;

const LAYOUTS: Readonly<Record<Framework, Layout>> = {
  prisma: (place, next, like) => ({
    ...idOf(place),
    files: [
      { path: `${place.folder}${place.version}_${place.name}/migration.sql`, text: next.up },
      ...(typeof like.down === "string"
        ? []
        : [{ path: `${place.folder}${place.version}_${place.name}/down.sql`, text: downOf(next) }]),
    ],
  }),
  "golang-migrate": (place, next) => pair(place, next),
  sql: (place, next, like) =>
    like.up.path.endsWith(".up.sql")
      ? pair(place, next)
      : like.down === "forward-only"
        ? single(place, next.up)
        : undefined,
  dbmate: (place, next) => {
    const mark = next.alone === true ? " transaction:false" : "";
    return single(
      place,
      `-- migrate:up${mark}\n${next.up}\n-- migrate:down${mark}\n${downOf(next)}`,
    );
  },
  goose: (place, next) => {
    const mark = next.alone === true ? "-- +goose NO TRANSACTION\n" : "";
    return single(place, `${mark}-- +goose Up\n${next.up}\n-- +goose Down\n${downOf(next)}`);
  },
  "node-pg-migrate": (place, next) =>
    next.alone === true
      ? undefined
      : single(place, `-- Up Migration\n${next.up}\n-- Down Migration\n${downOf(next)}`),
  sqlx: (place, next, like) => {
    const mark = next.alone === true ? "-- no-transaction\n" : "";
    return like.up.path.endsWith(".up.sql")
      ? pair(place, next, mark)
      : single(place, `${mark}${next.up}`);
  },
  supabase: (place, next) => single(place, next.up),
  flyway: ({ folder, version, name }, next, like) => {
    const id = `V${version}__${name}`;
    const files = [{ path: `${folder}${id}.sql`, text: next.up }];
    if (typeof like.down !== "string") {
      files.push({ path: `${folder}U${version}__${name}.sql`, text: downOf(next) });
    }
    return { id, version, files };
  },
  // Its journal and its snapshots name each migration.
  drizzle: () => undefined,
  // Its migrations are Python.
  django: () => undefined,
  diesel: ({ folder, version, name }, next) => {
    const id = `${dieselVersion(version)}_${name}`;
    const files = [
      { path: `${folder}${id}/up.sql`, text: next.up },
      { path: `${folder}${id}/down.sql`, text: downOf(next) },
    ];
    if (next.alone === true) {
      files.push({ path: `${folder}${id}/metadata.toml`, text: "run_in_transaction = false\n" });
    }
    return { id, version, files };
  },
};

/**
 * Lays out a migration that the framework's runner orders after all that the project has. `last` is
 * the version that is the highest so far. Undefined where the project's names do not tell how.
 */
export function planNext(
  framework: Framework,
  next: NextMigration,
  { like, last }: { readonly like: Migration; readonly last: string },
): PlannedMigration | undefined {
  const version = nextOf(framework, last);
  const folder = folderOf(framework, like);
  if (version === undefined || folder === undefined) return undefined;
  return LAYOUTS[framework]({ folder, version, name: next.name }, next, like);
}

function nextOf(framework: Framework, version: string): string | undefined {
  if (framework !== "flyway") return nextVersion(version);
  const [, before = "", number = ""] = /^(.*?)(\d+)$/.exec(version) ?? [];
  const next = nextVersion(number);
  return next === undefined ? undefined : `${before}${next}`;
}

/** The folder of the migrations; undefined where a file's name is not of the form that a new one would get. */
function folderOf(framework: Framework, { up, version }: Migration): string | undefined {
  const parts = up.path.split("/");
  const file = parts.pop() ?? "";
  const inFolder = framework === "prisma" || framework === "diesel";
  const name = inFolder ? (parts.pop() ?? "") : file;
  const stands = framework === "diesel" ? name.replaceAll("-", "") : name.replace(/^V/, "");
  if (version === undefined || !stands.startsWith(`${version}_`)) return undefined;
  return parts.map((part) => `${part}/`).join("");
}

function idOf({ version, name }: Place): { id: string; version: string } {
  return { id: `${version}_${name}`, version };
}

function single(place: Place, text: string): PlannedMigration {
  const { id, version } = idOf(place);
  return { id, version, files: [{ path: `${place.folder}${id}.sql`, text }] };
}

function pair(place: Place, next: NextMigration, mark = ""): PlannedMigration {
  const { id, version } = idOf(place);
  return {
    id,
    version,
    files: [
      { path: `${place.folder}${id}.up.sql`, text: `${mark}${next.up}` },
      { path: `${place.folder}${id}.down.sql`, text: `${mark}${downOf(next)}` },
    ],
  };
}

/** The text of a down script. */
export function downOf({ down }: NextMigration): string {
  return "sql" in down ? down.sql : `-- migrate-verify: irreversible ${down.irreversible}\n`;
}

/** `2026-01-05-090000`, as Diesel writes a time; a number as it is. */
function dieselVersion(version: string): string {
  return version.replace(/^(\d{4})(\d\d)(\d\d)(\d{6})$/, "$1-$2-$3-$4");
}
