// Which modules of code the database's child may compile: those of PGlite's package, by their sums.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { pgliteFiles } from "./pglite-files.mjs";

/** Text of src/database/pglite-modules.json: SHA-256 sums in hex by file name. */
export function pgliteModules() {
  const sums = {};
  for (const { name, bytes } of [...serverModules(), ...extensionModules()]) {
    sums[name] = createHash("sha256").update(bytes).digest("hex");
  }
  return `${JSON.stringify(sums, Object.keys(sums).toSorted(), 2)}\n`;
}

/** Modules in pglite.data, whose table of contents is in the code that reads it. */
function serverModules() {
  const code = readFileSync("node_modules/@electric-sql/pglite/dist/pglite.js", "utf8");
  const data = readFileSync("node_modules/@electric-sql/pglite/dist/pglite.data");
  const entries = code.matchAll(/filename:"[^"]*\/([^"/]+\.so)",start:(\d+),end:(\d+)/g);
  return [...entries].map(([, name, start, end]) => ({
    name,
    bytes: data.subarray(Number(start), Number(end)),
  }));
}

function extensionModules() {
  const archives = pgliteFiles().filter(({ to }) => to.startsWith("extensions/"));
  return archives.flatMap(({ from }) => modulesOf(gunzipSync(readFileSync(from))));
}

/** Entries of a tar archive whose names end in .so. */
function modulesOf(archive) {
  const modules = [];
  for (let at = 0; archive[at] > 0;) {
    const name = archive.toString("utf8", at, archive.indexOf(0, at));
    const size = Number.parseInt(archive.toString("latin1", at + 124, at + 135), 8);
    const bytes = archive.subarray(at + 512, at + 512 + size);
    if (name.endsWith(".so")) modules.push({ name: name.split("/").at(-1), bytes });
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return modules;
}
