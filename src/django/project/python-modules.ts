import { hash } from "node:crypto";
import { type Folder } from "../../sources/folder.ts";
import { dottedName, isPackage } from "../../sources/python-files.ts";
import type { Surroundings } from "../python/evaluator.ts";
import { type PythonModule, readModule } from "../python/module.ts";
import type { PythonValue } from "../python/value.ts";
import type { DjangoSettings } from "./django-settings.ts";

/** The dotted name of a module of a folder. */
export function moduleName(folder: Folder, name: string): string {
  const packageName = isPackage(folder) ? dottedName(folder) : "";
  return packageName === "" ? name : `${packageName}.${name}`;
}

const MODULE = "module ";
/** As long as the other. */
const OTHER = "a file ";

/** A hash of several texts, of which none can be taken for the end of the one before. */
export function digest(...parts: readonly string[]): string {
  return hash("sha256", JSON.stringify(parts), "base64");
}

/** Changes with the path and the text of a file; undefined where there is none. */
function markOf(folder: Folder, file: string): string | undefined {
  const id = folder.id(file);
  if (id !== undefined) return `${folder.pathOf(file)} ${id}`;
  const text = folder.textIfAny(file);
  return text === undefined ? undefined : digest(folder.pathOf(file), text);
}

interface ModuleFile {
  readonly folder: Folder;
  readonly file: string;
  readonly isPackage: boolean;
}

/** The Python modules of a project, read when something asks for them, each once. */
export class PythonModules {
  readonly #root: Folder;
  /** Folders that absolute imports start from. */
  readonly #bases: readonly Folder[];
  readonly #settings: DjangoSettings;
  readonly #version: readonly number[] | undefined;
  readonly #modules = new Map<string, PythonModule | undefined>();
  readonly #looks = new Map<string, string | undefined>();

  constructor(
    root: Folder,
    bases: readonly Folder[],
    settings: DjangoSettings,
    version: readonly number[] | undefined,
  ) {
    this.#root = root;
    this.#bases = bases;
    this.#settings = settings;
    this.#version = version;
  }

  /**
   * What was looked for so far, modules and other files, with what was found there: as long as this is
   * the same, whatever was read of the project's migrations besides their own texts is the same.
   */
  get looks(): ReadonlyMap<string, string | undefined> {
    return this.#looks;
  }

  /** Whether all that an earlier run looked for is as it was. What was is looked for in this run too, then. */
  areAsBefore(looks: ReadonlyMap<string, string | undefined>): boolean {
    for (const [what, found] of looks) {
      const name = what.slice(MODULE.length);
      const now = what.startsWith(MODULE) ? this.#seek(name).mark : this.#look(name).mark;
      if (now !== found) return false;
    }
    return true;
  }

  /** The module of a file; its text is given, as it was read already. */
  read(folder: Folder, file: string, text: string): PythonModule {
    const name = moduleName(folder, file.replace(/\.py$/, ""));
    return readModule(text, this.surroundings(folder.pathOf(file), { name, isPackage: false }));
  }

  /** What is known around a file of the project. */
  surroundings(path: string, module: Surroundings["module"]): Surroundings {
    return {
      path,
      module,
      ...(this.#version === undefined ? {} : { djangoVersion: this.#version }),
      readFile: (name) => this.#text(name),
      constant: (name, constant) => this.module(name)?.names.get(constant),
      setting: (name) => this.#setting(name),
    };
  }

  /** A module by its dotted name; undefined where the project has none of that name. */
  module(name: string): PythonModule | undefined {
    if (this.#modules.has(name)) return this.#modules.get(name);
    // Modules that import each other: the inner one sees nothing of the outer.
    this.#modules.set(name, undefined);
    const { found } = this.#seek(name);
    const text = found?.folder.textIfAny(found.file);
    const module =
      found === undefined || text === undefined
        ? undefined
        : readModule(
            text,
            this.surroundings(found.folder.pathOf(found.file), {
              name,
              isPackage: found.isPackage,
            }),
          );
    this.#modules.set(name, module);
    return module;
  }

  #seek(name: string): { found?: ModuleFile; mark: string | undefined } {
    const found = this.#find(name);
    const mark = found === undefined ? undefined : markOf(found.folder, found.file);
    this.#looks.set(MODULE + name, mark);
    return { mark, ...(found === undefined ? {} : { found }) };
  }

  #find(name: string): ModuleFile | undefined {
    const parts = name.split(".");
    const last = parts.pop() ?? "";
    for (const base of this.#bases) {
      const folder = parts.reduce<Folder | undefined>((one, part) => one?.folders.get(part), base);
      if (folder?.files.includes(`${last}.py`) === true) {
        return { folder, file: `${last}.py`, isPackage: false };
      }
      const inside = folder?.folders.get(last);
      if (inside !== undefined && isPackage(inside)) {
        return { folder: inside, file: "__init__.py", isPackage: true };
      }
    }
    return undefined;
  }

  #text(path: string): string | undefined {
    const { folder, file } = this.#look(path);
    return folder?.textIfAny(file);
  }

  #look(path: string): { folder: Folder | undefined; file: string; mark: string | undefined } {
    const slash = path.lastIndexOf("/");
    const folder = this.#root.at(slash === -1 ? "." : path.slice(0, slash));
    const file = path.slice(slash + 1);
    const mark = folder && markOf(folder, file);
    this.#looks.set(OTHER + path, mark);
    return { folder, file, mark };
  }

  #setting(name: string): PythonValue | undefined {
    const span = { start: 0, end: 0 };
    const value = this.#settings.literal(name);
    if (value === undefined) return undefined;
    return typeof value === "string"
      ? { kind: "string", value, span }
      : { kind: "integer", value: BigInt(value), span };
  }
}
