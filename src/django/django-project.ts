import type { Migration, MigrationScript, Project } from "../core/migration.ts";
import type { DjangoLayout } from "../sources/django-layout.ts";
import { ProjectDraft } from "../sources/draft.ts";
import type { Folder } from "../sources/folder.ts";
import { type CompiledDirection, compiledScript } from "./compiled-script.ts";
import type { DjangoSettings } from "./project/django-settings.ts";
import { djangoVersion } from "./project/django-version.ts";
import { graphFaults } from "./project/graph-faults.ts";
import { type MigrationFile, readMigrationFiles } from "./project/migration-files.ts";
import { keyOf, planMigrations } from "./project/migration-graph.ts";
import { PythonModules } from "./project/python-modules.ts";

/** Reads a Django project: its migrations in the order of their graph, compiled to SQL. Never throws for what its files hold. */
export function readDjangoProject(
  layout: DjangoLayout,
  repository: Folder,
  settings: DjangoSettings,
): Project {
  const draft = new ProjectDraft("django", layout.root);
  const version = djangoVersion(layout.base);
  const bases = [...new Set([layout.base, layout.root, repository])];
  const modules = new PythonModules(repository, bases, settings, version?.numbers);
  const files = readMigrationFiles(layout, modules, settings, draft);
  const plan = planMigrations(files);
  for (const fault of graphFaults(plan.faults)) draft.fault(fault);
  for (const file of plan.replaced) {
    draft.passOver(file.path, "a squashed migration stands for it, and was read in its place");
  }
  for (const file of plan.order) draft.add(migrationOf(file, files));
  return draft.finish();
}

function migrationOf(file: MigrationFile, files: readonly MigrationFile[]): Migration {
  const id = keyOf(file);
  const replaces = file.replaces.map((one) => pathOf(one, file, files));
  return {
    id,
    version: id,
    up: scriptOf(file),
    down: "missing",
    ...(replaces.length === 0 ? {} : { replaces }),
  };
}

function scriptOf(file: MigrationFile): MigrationScript {
  return compiledScript(file, uncompiled(file));
}

function uncompiled({ syntax }: MigrationFile): CompiledDirection {
  return {
    pieces: [],
    unknowns: syntax.operations.map(({ span }) => ({ span, reason: "the SQL of this operation" })),
  };
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
