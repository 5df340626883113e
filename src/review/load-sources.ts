import type { Memos } from "../core/memos.ts";
import type { Settings } from "../core/settings.ts";
import { SOURCES } from "../sources/locate.ts";
import type { Source } from "../sources/source.ts";

/** A file that may be one of Django's migrations, wherever `MIGRATION_MODULES` puts them. */
const DJANGO = /(?:^|\/)(?:migrations\/[^/.]+|\d{4}_[^/.]+)\.py$/;

/** The sources that the files of a repository need: the reader of Python is loaded only for Django's. */
export async function loadSources(
  paths: readonly string[],
  settings: Settings,
  memos?: Memos,
): Promise<readonly Source[]> {
  if (!hasDjango(paths)) return SOURCES;
  const { djangoSource } = await import("../django/django-source.ts");
  return [...SOURCES, djangoSource({ ...settings.django, ...(memos && { memos }) })];
}

/** Whether some file may be one of Django's migrations. */
export function hasDjango(paths: readonly string[]): boolean {
  return paths.some((path) => DJANGO.test(path));
}
