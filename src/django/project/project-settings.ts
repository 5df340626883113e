import type { Folder } from "../../sources/folder.ts";
import { isPythonManifest } from "../../sources/folder.ts";
import { customFieldFinder } from "../custom-fields/find-custom-field.ts";
import { lastPart } from "../python/value.ts";
import type { ProjectSettings } from "../state/project-state.ts";
import type { DjangoSettings } from "./django-settings.ts";
import type { DjangoVersion } from "./django-version.ts";
import type { MigrationFile } from "./migration-files.ts";
import type { PythonModules } from "./python-modules.ts";

/** What is taken where nothing tells: the long-term release. */
const DEFAULT_VERSION = [5, 2] as const;

export interface ProjectSurroundings {
  readonly base: Folder;
  readonly modules: PythonModules;
  /** What the configuration says of field classes. */
  readonly fields: Readonly<Record<string, string>>;
}

/** The settings of a project as its migrations are compiled with them. */
export function projectSettings(
  settings: DjangoSettings,
  version: DjangoVersion | undefined,
  files: readonly MigrationFile[],
  { base, modules, fields }: ProjectSurroundings,
): ProjectSettings {
  const numbers = version?.numbers ?? DEFAULT_VERSION;
  // https://docs.djangoproject.com/en/6.0/releases/6.0/#default-auto-field-setting-now-defaults-to-bigautofield
  const autoField = numbers[0] >= 6 ? "BigAutoField" : "AutoField";
  return {
    version: numbers,
    driver: isBeforePsycopg3(numbers) || usesPsycopg2(base) ? "psycopg2" : "psycopg",
    swappable: swappableModels(settings, files),
    autoField: lastPart(settings.defaultAutoField ?? autoField),
    customFields: customFieldFinder({ configured: fields, module: (name) => modules.module(name) }),
  };
}

/** The models that settings put into the place of others, by the names of the settings. */
function swappableModels(
  settings: DjangoSettings,
  files: readonly MigrationFile[],
): Record<string, string> {
  const swappable: Record<string, string> = {
    AUTH_USER_MODEL: settings.authUserModel ?? "auth.User",
  };
  for (const name of new Set(files.flatMap((file) => file.settings))) {
    const value = settings.literal(name);
    if (typeof value === "string" && /^\w+\.\w+$/.test(value)) swappable[name] = value;
  }
  return swappable;
}

/** https://docs.djangoproject.com/en/4.2/releases/4.2/#psycopg-3-support */
function isBeforePsycopg3([major, minor]: readonly [number, number]): boolean {
  return major < 4 || (major === 4 && minor < 2);
}

/** Whether the nearest requirements that name a driver name the old one alone. */
function usesPsycopg2(base: Folder): boolean {
  for (const above of base.upwards()) {
    const texts = above.files
      .filter(isPythonManifest)
      .flatMap((file) => above.textIfAny(file) ?? []);
    if (texts.some((text) => /(?:^|["'\s])psycopg(?:\[|["'\s=<>~])/m.test(text))) return false;
    if (texts.some((text) => /(?:^|["'\s])psycopg2\b/m.test(text))) return true;
  }
  return false;
}
