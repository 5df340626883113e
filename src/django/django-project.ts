import type { Project } from "../core/migration.ts";
import type { DjangoLayout } from "../sources/django-layout.ts";
import { ProjectDraft } from "../sources/draft.ts";
import type { Folder } from "../sources/folder.ts";
import type { Drift } from "../core/drift.ts";
import { absentTables } from "./absent-tables.ts";
import { DjangoMigration } from "./compiled-migration.ts";
import { compileMigration, type CompilerState, emptyState } from "./compiler/compile-migration.ts";
import { findDrift } from "./drift/find-drift.ts";
import { modelModules, modelPaths } from "./drift/model-modules.ts";
import { appLabel } from "./project/app-label.ts";
import type { DjangoSettings } from "./project/django-settings.ts";
import { dependencyFaults } from "./project/dependency-faults.ts";
import { type DjangoVersion, djangoVersion } from "./project/django-version.ts";
import { graphFaults } from "./project/graph-faults.ts";
import { type MigrationFile, readMigrationFiles } from "./project/migration-files.ts";
import { planMigrations } from "./project/migration-graph.ts";
import { projectSettings } from "./project/project-settings.ts";
import { moduleName, PythonModules } from "./project/python-modules.ts";

/** Reads a Django project: its migrations in the order of their graph, compiled to SQL. Never throws for what its files hold. */
export function readDjangoProject(
  layout: DjangoLayout,
  repository: Folder,
  settings: DjangoSettings,
  fields: Readonly<Record<string, string>>,
): Project {
  const draft = new ProjectDraft("django", layout.root);
  const version = djangoVersion(layout.base);
  const bases = [...new Set([layout.base, layout.root, repository])];
  const modules = new PythonModules(repository, bases, settings, version?.numbers);
  for (const sentence of takenForGranted(settings, version)) draft.note(sentence);
  const files = readMigrationFiles(layout, modules, settings, draft);
  const plan = planMigrations(files);
  for (const fault of graphFaults(plan.faults)) draft.fault(fault);
  for (const file of plan.replaced) {
    draft.passOver(file.path, "a squashed migration stands for it, and was read in its place");
  }
  let state = emptyState(
    projectSettings(settings, version, files, { base: layout.base, modules, fields }),
  );
  const migrations = plan.order.map((file) => {
    const compiled = compileMigration(state, {
      app: file.app,
      module: file.module,
      operations: file.syntax.operations,
    });
    ({ state } = compiled);
    const replaces = file.replaces.map((one) => pathOf(one, file, files));
    const dependencies = dependencyFaults(file, plan, settings);
    return new DjangoMigration(file, compiled, { replaces, dependencies });
  });
  const absent = absentTables(migrations);
  if (absent !== undefined) draft.add(absent);
  for (const migration of migrations) draft.add(migration);
  const paths = layout.apps.flatMap(modelPaths);
  if (paths.length > 0) {
    draft.compare({ paths, compare: () => driftOf(layout, modules, settings, state) });
  }
  return draft.finish();
}

function driftOf(
  layout: DjangoLayout,
  python: PythonModules,
  settings: DjangoSettings,
  state: CompilerState,
): Drift {
  const apps = layout.apps.map((folder) => ({ folder, label: appLabel(folder) }));
  const found = apps.flatMap(({ folder, label }) => modelModules(folder, label, python));
  const packages = apps.map(
    ({ folder, label }) => [moduleName(folder.app, "models"), label] as const,
  );
  return findDrift({
    modules: found,
    state,
    python,
    appOf: (name) => packages.find(([own]) => name === own || name.startsWith(`${own}.`))?.[1],
    userModel: settings.authUserModel ?? "auth.User",
  });
}

function takenForGranted(
  { routed, defaultAutoField }: DjangoSettings,
  version: DjangoVersion | undefined,
): string[] {
  const keys = defaultAutoField === undefined ? ", and its class of implicit keys" : "";
  return [
    ...(routed
      ? [
          "The settings name DATABASE_ROUTERS, which are not run: every app is taken to be in one database.",
        ]
      : []),
    ...(version === undefined
      ? [`Which Django the project uses is not stated: 5.2 is taken${keys}.`]
      : []),
  ];
}

/** The path of a migration that another replaces, also when its file is gone. */
function pathOf(
  { app, name }: { readonly app: string; readonly name: string },
  file: MigrationFile,
  files: readonly MigrationFile[],
): string {
  const known = files.find((one) => one.app === app && one.name === name);
  return known?.path ?? `${file.path.slice(0, file.path.lastIndexOf("/"))}/${name}.py`;
}
