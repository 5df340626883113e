import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { Script } from "node:vm";
import { makeFolder } from "../database/make-folder.ts";

/**
 * Does for Node 20, which has no compile cache, what that does: keeps what V8 made of each file of
 * the bundle that is loaded from here on. They are named after their content, so a name says what was
 * compiled; V8 itself refuses what another version of it, or one with other flags, has made
 * (https://nodejs.org/api/vm.html#scriptcreatecacheddata). What cannot be kept is compiled each time.
 */
export function cacheScripts(bundle: string, folder: string): void {
  const { extensions } = createRequire(import.meta.url);
  const usual = extensions[".js"];
  extensions[".cjs"] = (module, filename) => {
    const text = dirname(filename) === bundle ? readFileSync(filename, "latin1") : undefined;
    // Node 20 warns of modules that are imported by what was not compiled by itself.
    if (text === undefined || IMPORTS.test(text)) return usual?.(module, filename);
    const script = compiled(text, filename, join(folder, `${basename(filename)}.v8`));
    const run = script.runInThisContext() as Wrapped;
    return run(module.exports, createRequire(filename), module, filename, bundle);
  };
}

const IMPORTS = /(?<![#.\w])import\(/;

/** A file as Node runs it: https://nodejs.org/api/modules.html#the-module-wrapper */
type Wrapped = (
  exports: unknown,
  require: NodeJS.Require,
  module: NodeJS.Module,
  filename: string,
  dirname: string,
) => void;

function compiled(text: string, filename: string, kept: string): Script {
  const wrapped = `(function (exports, require, module, __filename, __dirname) { ${text}\n})`;
  const cachedData = bytesOf(kept);
  const script = new Script(wrapped, { filename, ...(cachedData !== undefined && { cachedData }) });
  // Now, and not at the end: what V8 compiled meanwhile takes longer to read than to compile.
  if (script.cachedDataRejected !== false) keep(script.createCachedData(), kept);
  return script;
}

function bytesOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Written beside and moved, so that nobody reads half of it. A folder that cannot be written is no fault. */
function keep(bytes: Uint8Array, path: string): void {
  const draft = `${path}.${process.pid}`;
  try {
    makeFolder(dirname(path));
    writeFileSync(draft, bytes);
    renameSync(draft, path);
  } catch {
    return;
  }
}
