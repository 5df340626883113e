import type { AppFolder } from "../../sources/django-layout.ts";

const MODULES = ["apps.py", "app.py", "config.py", "__init__.py"];
const CLASS = /^class\s+(\w+)\s*\(([^)]*)\)\s*:/gm;
const LABEL = /^[ \t]+label\s*(?::[^=\n]+)?=\s*["'](\w+)["']/m;
const DEFAULT = /^[ \t]+default\s*(?::[^=\n]+)?=\s*True\b/m;

/**
 * The label of an app: what `MIGRATION_MODULES` calls it, what its AppConfig states, else the name of
 * its package (https://docs.djangoproject.com/en/5.2/ref/applications/#django.apps.AppConfig.label).
 */
export function appLabel({ app, label }: AppFolder): string {
  if (label !== undefined) return label;
  for (const file of MODULES) {
    const stated = labelIn(app.textIfAny(file) ?? "");
    if (stated !== undefined) return stated;
  }
  return app.name;
}

/** The label of the AppConfig that Django takes: the only one, or the one that says it is the default. */
function labelIn(text: string): string | undefined {
  if (!text.includes("AppConfig") && !text.includes("label")) return undefined;
  const classes = [...text.matchAll(CLASS)].filter(([, , bases = ""]) => /Config\b/.test(bases));
  const bodies = classes.map(({ index }, position) =>
    text.slice(index, classes[position + 1]?.index ?? text.length),
  );
  const chosen = bodies.length > 1 ? bodies.find((body) => DEFAULT.test(body)) : bodies[0];
  const label = LABEL.exec(chosen ?? "")?.[1];
  if (label !== undefined || chosen !== undefined) return label;
  // Several and none the default: settings name one of them, which is most often the one with a label.
  return bodies.flatMap((body) => LABEL.exec(body)?.[1] ?? [])[0];
}
