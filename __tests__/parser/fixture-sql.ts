import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface SqlFile {
  /** From the repository's root. */
  readonly path: string;
  readonly text: string;
}

/** Every SQL file of the fixtures and examples, sorted by path. */
export function sqlFiles(...folders: readonly string[]): SqlFile[] {
  return folders
    .flatMap((folder) => {
      const names = readdirSync(`${ROOT}/${folder}`, { recursive: true, encoding: "utf8" });
      return names.map((name) => `${folder}/${name.replaceAll("\\", "/")}`);
    })
    .filter((path) => path.endsWith(".sql"))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(`${ROOT}/${path}`, "utf8") }));
}
