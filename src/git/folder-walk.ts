import { readdirSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../core/user-error.ts";
import { errorCode } from "./error-code.ts";

const NEVER = new Set(["node_modules", ".git", "vendor"]);

/** More files than this are not walked: the folder is then most likely not a repository's. */
const MOST_FILES = 200_000;

/** Paths of all files under a folder, from it, with `/`. Throws UserError for a folder that cannot be walked. */
export function walk(root: string): string[] {
  const paths: string[] = [];
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!NEVER.has(entry.name)) folders.push(path);
      } else {
        paths.push(path);
      }
    }
    if (paths.length > MOST_FILES) {
      throw new UserError(`${root} holds more than ${MOST_FILES} files.`, {
        hint: "Name the folder that holds the migrations.",
      });
    }
  }
  return paths;
}

/** What lies directly in a folder. Throws UserError when it cannot be read. */
export function entriesOf(folder: string): ReturnType<typeof readDirectory> {
  try {
    return readDirectory(folder);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new UserError(`The folder ${folder} cannot be read (${code}).`, { exitCode: 3 });
  }
}

function readDirectory(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}
