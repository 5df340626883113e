import { LineTable, type Span } from "../../core/span.ts";
import type { AppFolder, DjangoLayout } from "../../sources/django-layout.ts";
import type { ProjectDraft } from "../../sources/draft.ts";
import { isMigrationModule } from "../../sources/python-files.ts";
import { type ContribFile, contribFiles } from "../contrib/contrib-files.ts";
import type { DependencySyntax, MigrationSyntax } from "../migration/migration-syntax.ts";
import { readMigration } from "../migration/read-migration.ts";
import { type PythonModule, readModule } from "../python/module.ts";
import { appLabel } from "./app-label.ts";
import { type DjangoSettings, swappedModel } from "./django-settings.ts";
import type { GraphNode, NamedMigration } from "./migration-graph.ts";
import { KeptFile } from "./kept-file.ts";
import type { KeptProject } from "./project-memo.ts";
import { digest, moduleName, type PythonModules } from "./python-modules.ts";

/** A migration of an app as its file states it. */
export interface MigrationFile extends GraphNode {
  readonly path: string;
  /** Read when it is first asked for, where an earlier run has read it too. */
  readonly text: string;
  readonly syntax: MigrationSyntax;
  /** The settings that its text names: `AUTH_USER_MODEL`. */
  readonly settings: readonly string[];
  /** The dotted name of its module. */
  readonly module: string;
  /** It comes with Django, and lies in no folder of the project. */
  readonly isContrib: boolean;
  /** A hash of its text and of all that says how it is read. */
  readonly mark: string;
  /** Something is to be told of its text whenever it is read. */
  readonly isFaulty?: true;
}

/** What migrations are read with. */
export interface Reading {
  readonly modules: PythonModules;
  readonly settings: DjangoSettings;
  /** Changes with whatever else than its text decides about how a file is read. */
  readonly key: string;
  readonly kept: KeptProject;
}

/** Reads the migrations of every app, and of those apps of Django's that they need. What is not understood is named in the draft. */
export function readMigrationFiles(
  layout: DjangoLayout,
  reading: Reading,
  draft: ProjectDraft,
): MigrationFile[] {
  const owners = new Map<string, AppFolder>();
  const files: MigrationFile[] = [];
  for (const app of layout.apps) {
    const label = appLabel(app);
    const other = owners.get(label);
    if (other === undefined) {
      owners.set(label, app);
      files.push(...filesOf(app, label, reading, draft));
    } else {
      nameSecond(app, label, other, draft);
    }
  }
  return [...neededContrib(files, owners, reading), ...files];
}

/** Django starts with one of two apps of a label: https://docs.djangoproject.com/en/5.2/ref/applications/#django.apps.AppConfig.label */
function nameSecond(app: AppFolder, label: string, other: AppFolder, draft: ProjectDraft): void {
  const reason = `${other.migrations.path} has the migrations of an app “${label}” too, and Django takes two apps of one label for an error`;
  for (const file of migrationModules(app)) draft.passOver(app.migrations.pathOf(file), reason);
}

/** The modules that Django imports as migrations. */
function migrationModules({ migrations }: AppFolder): string[] {
  return migrations.files.filter(isMigrationModule);
}

function filesOf(
  { migrations, ...app }: AppFolder,
  label: string,
  { modules, settings, key, kept }: Reading,
  draft: ProjectDraft,
): MigrationFile[] {
  const prefix = moduleName(migrations, "");
  const folderKey = digest(key, label, prefix, migrations.path);
  return migrationModules({ migrations, ...app }).flatMap((file): MigrationFile[] => {
    const name = file.replace(/\.py$/, "");
    const path = migrations.pathOf(file);
    const place = { path, module: prefix + name, isContrib: false };
    const markOf = (content: string): string => `${folderKey} ${file} ${content}`;
    const id = migrations.id(file);
    const same = id === undefined ? undefined : kept.node(markOf(id));
    if (same !== undefined && id !== undefined) {
      const text = (): string => migrations.textIfAny(file) ?? "";
      const read = (): PythonModule => modules.read(migrations, file, text());
      return [new KeptFile(same, { ...place, mark: markOf(id) }, { text, read })];
    }
    const text = draft.text(migrations, file);
    if (text === undefined) return [];
    const mark = markOf(id ?? digest(text));
    const read = (): PythonModule => modules.read(migrations, file, text);
    const known = kept.node(mark);
    if (known !== undefined) {
      return [new KeptFile(known, { ...place, mark }, { text: () => text, read })];
    }
    const module = read();
    const fault = module.faults[0] ?? printStatement(module);
    if (fault !== undefined) nameFault(path, text, fault, draft);
    const syntax = readMigration(module);
    if (syntax === undefined) {
      const reason =
        "it has no class Migration, and Django refuses to load an app with such a file";
      if (fault === undefined) draft.gap(path, reason);
      return [];
    }
    const node = { ...nodeOf(label, name, syntax, settings), settings: settingsIn(text) };
    const own = { ...node, ...place, mark, text, syntax };
    return [fault === undefined ? own : { ...own, isFaulty: true }];
  });
}

/** The settings that a text names. */
function settingsIn(text: string): string[] {
  const named = text.matchAll(/\bsettings\.([A-Z][A-Z0-9_]*)/g);
  return [...new Set([...named].map(([, name = ""]) => name))];
}

/** `print x`, which the grammar knows of Python 2. */
function printStatement({ text, tree }: PythonModule): Span | undefined {
  if (!/^[ \t]*print[ \t]+[^\s(=]/m.test(text)) return undefined;
  let found: Span | undefined;
  tree.iterate({
    enter({ name, from, to }) {
      if (name === "PrintStatement") found ??= { start: from, end: to };
    },
  });
  return found;
}

function nameFault(path: string, text: string, fault: Span, draft: ProjectDraft): void {
  const { line } = new LineTable(text).place(fault);
  draft.gap(path, `line ${line} is not Python 3, so that Django cannot load it`);
}

function nodeOf(
  app: string,
  name: string,
  { dependencies, runBefore, replaces }: MigrationSyntax,
  settings: DjangoSettings,
): GraphNode {
  return {
    app,
    name,
    dependencies: dependencies.map((one) => dependency(one, settings)),
    runBefore,
    replaces,
  };
}

function dependency(one: DependencySyntax, settings: DjangoSettings): NamedMigration {
  if (one.kind === "migration") return one;
  const { setting, span } = one;
  const app = swappedModel(setting, settings).split(".")[0] ?? "";
  return { app, name: "__first__", span, swappable: setting };
}

/** Migrations of Django's own apps that some migration of the project depends on, also over others of them. */
function neededContrib(
  files: readonly MigrationFile[],
  owners: ReadonlyMap<string, AppFolder>,
  reading: Reading,
): MigrationFile[] {
  const contrib = contribFiles().filter(({ app }) => !owners.has(app));
  const needed = new Map<string, readonly MigrationFile[]>();
  const need = (nodes: readonly GraphNode[]): void => {
    for (const { app } of nodes.flatMap(({ dependencies }) => dependencies)) {
      if (needed.has(app)) continue;
      const own = contrib.filter((one) => one.app === app);
      const read = own.flatMap((one) => contribFile(one, reading) ?? []);
      needed.set(app, read);
      need(read);
    }
  };
  need(files);
  // In the order of their own list, whoever needs them.
  return [...new Set(contrib.map(({ app }) => app))].flatMap((app) => needed.get(app) ?? []);
}

function contribFile(
  { app, name, path, text }: ContribFile,
  { settings, key, kept }: Reading,
): MigrationFile | undefined {
  const read = (): PythonModule =>
    readModule(text, { path, module: { name: path, isPackage: false } });
  // Its text is this program's own, as what is kept is.
  const place = { path, module: path, isContrib: true, mark: `${key} ${path}` };
  const known = kept.node(place.mark);
  if (known !== undefined) return new KeptFile(known, place, { text: () => text, read });
  const syntax = readMigration(read());
  const node = syntax && nodeOf(app, name, syntax, settings);
  return node && { ...node, ...place, text, syntax, settings: settingsIn(text) };
}
