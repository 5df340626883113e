// Which files of PGlite's package are in dist/.
import { readdirSync, readFileSync } from "node:fs";

const PACKAGE = "node_modules/@electric-sql/pglite";

/** Name of the archive of the data directory: one for each version of PGlite. */
export function baseArchiveName() {
  const { version } = JSON.parse(readFileSync(`${PACKAGE}/package.json`, "utf8"));
  return `pglite-base-${version}.tar.br`;
}

/** The server, its files, and the extensions that come with it: where from, and where to in dist/. */
export function pgliteFiles() {
  const extensions = readdirSync(`${PACKAGE}/dist`).filter((name) => name.endsWith(".tar.gz"));
  return [
    ...["pglite.wasm", "pglite.data"].map((name) => ({ name, to: name })),
    ...extensions.map((name) => ({ name, to: `extensions/${name}` })),
  ].map(({ name, to }) => ({ from: `${PACKAGE}/dist/${name}`, to }));
}
