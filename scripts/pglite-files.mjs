// Which files of PGlite's packages are in dist/.
import { readdirSync, readFileSync } from "node:fs";

const PGLITE = "node_modules/@electric-sql/pglite";
/** Asks for an older PGlite of the same PostgreSQL; package.json overrides that, and a test uses it. */
const PGVECTOR = "node_modules/@electric-sql/pglite-pgvector";

/** Name of the archive of the data directory: one for each version of PGlite. */
export function baseArchiveName() {
  const { version } = JSON.parse(readFileSync(`${PGLITE}/package.json`, "utf8"));
  return `pglite-base-${version}.tar.br`;
}

/** The server, its files, and the extensions: where from, and where to in dist/. */
export function pgliteFiles() {
  const server = ["pglite.wasm", "pglite.data"].map((name) => ({
    from: `${PGLITE}/dist/${name}`,
    to: name,
  }));
  const extensions = [`${PGLITE}/dist`, `${PGVECTOR}/dist`].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".tar.gz"))
      .map((name) => ({ from: `${folder}/${name}`, to: `extensions/${name}` })),
  );
  return [...server, ...extensions];
}
