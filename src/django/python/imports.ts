import type { SyntaxNode } from "@lezer/common";
import { childrenOf } from "./syntax.ts";

/** One name that an import statement binds. */
export interface ImportBinding {
  /** The name in this file. */
  readonly name: string;
  /** What it stands for, in full. */
  readonly target: string;
}

/** Where the file is, for relative imports. */
export interface ModulePlace {
  /** Dotted name: `shop.migrations.0001_initial`. */
  readonly name: string;
  /** The file is a package's `__init__.py`. */
  readonly isPackage: boolean;
}

/** Reads `import a.b as c` and `from .a import b as c`; a star binds nothing. */
export function readImport(node: SyntaxNode, text: string, place: ModulePlace): ImportBinding[] {
  const parts = childrenOf(node).filter(({ name }) => name !== "(" && name !== ")");
  const words = parts.map((part) => text.slice(part.from, part.to));
  if (words[0] !== "from") {
    return groups(words.slice(1)).map(({ path, alias }) => ({
      name: alias ?? path.split(".")[0] ?? path,
      target: alias === undefined ? (path.split(".")[0] ?? path) : path,
    }));
  }
  const middle = words.indexOf("import");
  const source = words.slice(1, middle).join("");
  const module = absolute(source, place);
  return groups(words.slice(middle + 1))
    .filter(({ path }) => path !== "*" && path !== "")
    .map(({ path, alias }) => ({ name: alias ?? path, target: `${module}.${path}` }));
}

/** The modules that `from … import *` names. */
export function starImport(node: SyntaxNode, text: string, place: ModulePlace): string | undefined {
  const words = childrenOf(node).map((part) => text.slice(part.from, part.to));
  const middle = words.indexOf("import");
  if (words[0] !== "from" || words[middle + 1] !== "*") return undefined;
  return absolute(words.slice(1, middle).join(""), place);
}

/** A module's full name: leading dots count from the file's own package upwards. */
export function absolute(source: string, { name, isPackage }: ModulePlace): string {
  const dots = /^\.*/.exec(source)?.[0].length ?? 0;
  if (dots === 0) return source;
  const own = name.split(".");
  const base = own.slice(0, Math.max(0, own.length - (isPackage ? dots - 1 : dots)));
  const rest = source.slice(dots);
  return [...base, ...(rest === "" ? [] : [rest])].join(".");
}

function groups(words: readonly string[]): { path: string; alias?: string }[] {
  const found: { path: string; alias?: string }[] = [];
  let path = "";
  let alias: string | undefined;
  for (const word of [...words, ","]) {
    if (word === ",") {
      if (path !== "") found.push(alias === undefined ? { path } : { path, alias });
      path = "";
      alias = undefined;
    } else if (word === "as") alias = "";
    else if (alias === "") alias = word;
    else path += word;
  }
  return found;
}
