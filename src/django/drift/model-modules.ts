import type { AppFolder } from "../../sources/django-layout.ts";
import { isPackage } from "../../sources/python-files.ts";
import { moduleName, type PythonModules } from "../project/python-modules.ts";
import type { PythonModule } from "../python/module.ts";

/** A file of models. */
export interface ModelModule {
  /** The label of its app. */
  readonly app: string;
  /** Its dotted name. */
  readonly name: string;
  readonly module: PythonModule;
}

/** The files that hold an app's models, as Django imports them: `models.py`, or the package `models`. */
export function modelPaths({ app }: AppFolder): string[] {
  if (app.files.includes("models.py")) return [app.pathOf("models.py")];
  const inside = app.folders.get("models");
  if (inside === undefined || !isPackage(inside)) return [];
  return inside.files.filter((file) => file.endsWith(".py")).map((file) => inside.pathOf(file));
}

/** Reads them. Of a package those that its `__init__` imports: another file may be in no use. */
export function modelModules(
  folder: AppFolder,
  label: string,
  modules: PythonModules,
): ModelModule[] {
  const { app } = folder;
  const read = (name: string): ModelModule[] => {
    const module = modules.module(name);
    return module === undefined ? [] : [{ app: label, name, module }];
  };
  const own = moduleName(app, "models");
  const inside = app.folders.get("models");
  if (app.files.includes("models.py") || inside === undefined) return read(own);
  const [first] = read(own);
  if (first === undefined) return [];
  const imported = inside.files.flatMap((file) => {
    const name = file.replace(/\.py$/, "");
    if (!file.endsWith(".py") || name === "__init__") return [];
    const isNamed = new RegExp(String.raw`^\s*(?:from|import)\b.*\b${name}\b`, "m");
    return isNamed.test(first.module.text) ? read(moduleName(inside, name)) : [];
  });
  return [first, ...imported];
}
