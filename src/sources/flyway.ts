import type { Migration, MigrationScript, Project } from "../core/migration.ts";
import { foreignDatabase, isPostgres } from "./dialect.ts";
import { ProjectDraft } from "./draft.ts";
import {
  type FlywayName,
  flywayVersionKey,
  isFlywayCallback,
  readFlywayName,
} from "./flyway-name.ts";
import { flywayScript } from "./flyway-script.ts";
import { type FlywaySettings, flywaySettings } from "./flyway-settings.ts";
import { type Folder, isProgram } from "./folder.ts";
import type { FolderSource } from "./source.ts";
import { compareDotted, compareText } from "./version.ts";

/**
 * Flyway (and Refinery, which names its files alike). A location is read with all folders under it.
 * Versions are compared part by part as numbers; repeatable migrations come last, in the order of
 * their descriptions. Undo scripts are a paid feature: where a project has none, it goes forward
 * only (https://documentation.red-gate.com/flyway/flyway-concepts/migrations).
 */
export const flyway: FolderSource = {
  framework: "flyway",
  takes: "tree",
  detect(folder) {
    if (folder.files.some(isVersioned)) return true;
    // Flyway's default location may hold its files in folders of any depth, or one for each database.
    return (
      /(?:^|\/)db\/migrations?$/.test(folder.path) &&
      ![...folder.folders.values()].some(isDatabase) &&
      [...folder.tree()].some(({ files }) => files.some(isVersioned))
    );
  },
  read(folder, options): Project {
    const draft = new ProjectDraft("flyway", folder);
    const settings = flywaySettings(folder, options.placeholders);
    const scripts = scriptsOf(folder, draft);
    const undo = new Map(
      scripts.filter(ofKind("U")).map((script) => [keyOf(script), script] as const),
    );
    const versioned = scripts
      .filter(ofKind("V"))
      .toSorted((a, b) => compareDotted(a.version, b.version));
    const baseline = usedBaseline(scripts, versioned, draft);
    const absent = undo.size === 0 ? "forward-only" : "missing";
    for (const script of [...baseline, ...versioned]) {
      addMigration(script, undo.get(keyOf(script)) ?? absent, draft, settings);
      undo.delete(keyOf(script));
    }
    for (const script of undo.values()) {
      draft.passOver(pathOf(script), "it is an undo script, and no migration has its version");
    }
    const repeatable = scripts
      .filter(ofKind("R"))
      .toSorted((a, b) => compareText(spaced(a.description), spaced(b.description)));
    for (const script of repeatable) addMigration(script, "repeatable", draft, settings);
    draft.refuseDuplicates(flywayVersionKey, "Flyway refuses to run the folder");
    return draft.finish();
  },
};

/** A file that Flyway runs. */
interface FlywayFile extends FlywayName {
  readonly folder: Folder;
  readonly file: string;
}

function isVersioned(file: string): boolean {
  const kind = readFlywayName(file)?.kind;
  return kind === "V" || kind === "B";
}

function isDatabase(folder: Folder): boolean {
  return isPostgres(folder.name) || foreignDatabase(folder) !== undefined;
}

function scriptsOf(folder: Folder, draft: ProjectDraft): FlywayFile[] {
  const scripts: FlywayFile[] = [];
  for (const file of folder.files) {
    const name = readFlywayName(file);
    if (name !== undefined) scripts.push({ ...name, folder, file });
    else nameOther(folder, file, draft);
  }
  for (const child of folder.folders.values()) {
    const database = foreignDatabase(child);
    if (database === undefined) scripts.push(...scriptsOf(child, draft));
    else passOverTree(child, `it is for ${database}`, draft);
  }
  return scripts;
}

function nameOther(folder: Folder, file: string, draft: ProjectDraft): void {
  const path = folder.pathOf(file);
  if (isFlywayCallback(file)) {
    draft.passOver(path, "it is a callback of Flyway, and is not run here");
  } else if (isProgram(file)) {
    draft.gap(path, "it is a migration in Java, and what it does cannot be read");
  } else if (file.endsWith(".sql")) {
    draft.passOver(path, "Flyway passes it over: its name is not of the form V1__title.sql");
  }
}

function passOverTree(root: Folder, reason: string, draft: ProjectDraft): void {
  for (const folder of root.tree()) {
    for (const file of folder.files.filter((name) => name.endsWith(".sql"))) {
      draft.passOver(folder.pathOf(file), reason);
    }
  }
}

/**
 * A baseline script stands for the versions up to its own in a new database, old ones have run
 * those. Both give one schema, so it is read only where the versions before it are gone.
 */
function usedBaseline(
  scripts: readonly FlywayFile[],
  versioned: readonly FlywayFile[],
  draft: ProjectDraft,
): FlywayFile[] {
  const baselines = scripts
    .filter(ofKind("B"))
    .toSorted((a, b) => compareDotted(a.version, b.version));
  const used = baselines.findLast(({ version }) =>
    versioned.every((other) => compareDotted(other.version, version) > 0),
  );
  for (const script of baselines) {
    if (script === used) continue;
    const reason = "it is a baseline, and the versions that it stands for are read instead";
    draft.passOver(pathOf(script), reason);
  }
  return used === undefined ? [] : [used];
}

function addMigration(
  script: FlywayFile,
  down: FlywayFile | Exclude<Migration["down"], MigrationScript>,
  draft: ProjectDraft,
  settings: FlywaySettings,
): void {
  const up = read(script, draft, settings);
  if (up === undefined) return;
  draft.add({
    id: script.file.slice(0, -".sql".length),
    ...(script.kind === "R" ? {} : { version: script.version.join(".") }),
    up,
    down: typeof down === "string" ? down : (read(down, draft, settings) ?? "missing"),
  });
}

function read(
  { folder, file }: FlywayFile,
  draft: ProjectDraft,
  settings: FlywaySettings,
): MigrationScript | undefined {
  const text = draft.text(folder, file);
  return text === undefined ? undefined : flywayScript(folder, file, text, settings);
}

function ofKind(kind: FlywayName["kind"]): (file: FlywayFile) => boolean {
  return (file) => file.kind === kind;
}

function pathOf({ folder, file }: FlywayFile): string {
  return folder.pathOf(file);
}

function keyOf({ version }: FlywayFile): string {
  return flywayVersionKey(version.join("."));
}

/** Flyway takes the description's underscores for spaces before it compares. */
function spaced(description: string): string {
  return description.replaceAll("_", " ");
}
