import type { Settings } from "../core/settings.ts";
import { SOURCES } from "../sources/locate.ts";
import type { Source } from "../sources/source.ts";

/** A file that may be one of Django's migrations, wherever `MIGRATION_MODULES` puts them. */
const DJANGO = /(?:^|\/)(?:migrations\/[^/.]+|\d{4}_[^/.]+)\.py$/;

/** The sources that the files of a repository need: the reader of Python is loaded only for Django's. */
export async function loadSources(
  paths: readonly string[],
  settings: Settings,
): Promise<readonly Source[]> {
  if (!paths.some((path) => DJANGO.test(path))) return SOURCES;
  const { djangoSource } = await import("../django/django-source.ts");
  return [...SOURCES, djangoSource(settings.django)];
}
