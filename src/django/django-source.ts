import type { Memos } from "../core/memos.ts";
import type { DjangoSettings as DjangoSettingsOfUser } from "../core/settings.ts";
import { djangoLayouts, type DjangoLayout } from "../sources/django-layout.ts";
import type { Folder } from "../sources/folder.ts";
import { isScriptOf } from "../sources/change.ts";
import type { SpreadProject, SpreadSource } from "../sources/source.ts";
import { modelPaths } from "./drift/model-modules.ts";
import { readDjangoProject } from "./django-project.ts";
import { djangoSettings, otherDatabase } from "./project/django-settings.ts";

/**
 * Django: modules of the package `migrations` of each app, in the order of the graph that their
 * dependencies make (https://docs.djangoproject.com/en/5.2/topics/migrations/). Nothing is run: what
 * they send is compiled from their text.
 */
export function djangoSource(options: DjangoOptions): SpreadSource {
  return {
    framework: "django",
    takes: "spread",
    find: (root) => djangoLayouts(root).map((layout) => spread(layout, root, options)),
  };
}

/** What a configuration says of Django's projects, and what is at hand. */
export interface DjangoOptions extends Pick<DjangoSettingsOfUser, "fields"> {
  /** Where something is kept for the next run. */
  readonly memos?: Memos;
}

function spread(layout: DjangoLayout, root: Folder, options: DjangoOptions): SpreadProject {
  const settings = djangoSettings(layout.root);
  const other = otherDatabase(settings);
  const folders = new Set(layout.apps.map(({ migrations }) => migrations));
  const paths = [...folders].map(({ path }) => `${path}/`);
  const models = new Set(layout.apps.flatMap(modelPaths));
  return {
    root: layout.root,
    folders,
    ...(other === undefined
      ? {}
      : { refusal: `the project's settings name ${other}, and only PostgreSQL is read yet` }),
    concerns: (path) =>
      path.endsWith(".py") &&
      (models.has(path) ||
        paths.some((folder) => path.startsWith(folder)) ||
        isScriptOf({ root: layout.root.path, framework: "django" }, path)),
    read: (changes) =>
      readDjangoProject(layout, root, settings, {
        ...options,
        ...(changes === undefined ? {} : { changes }),
      }),
  };
}
