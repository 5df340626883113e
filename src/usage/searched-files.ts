import type { RepositoryFiles } from "../sources/files.ts";

/** More text than this, in UTF-16 units, is not searched, all files together and each by itself. */
const MOST_TEXT = 32 * 1024 * 1024;
const LONGEST_FILE = 512 * 1024;
const MOST_FILES = 10_000;

const CODE =
  /\.(?:[cm]?[jt]sx?|vue|svelte|py|rb|erb|go|rs|java|kt|kts|scala|groovy|php|cs|fs|ex|exs|heex|sql|prisma|graphql|dart|swift|cpp|cc|hs|clj|pl)$/i;
const NOT_OURS =
  /(?:^|\/)(?:node_modules|vendor|third_party|dist|build|out|target|coverage|\.venv|venv|site-packages|__snapshots__|generated|\.next)\//i;

/** A file with its lines in which names are searched. */
export interface SearchedFile {
  readonly path: string;
  readonly text: string;
}

export interface SearchedFiles {
  readonly files: readonly SearchedFile[];
  /** Files had to be left out. */
  readonly partly: boolean;
}

/** The program code, queries and schemas of a repository, without its migrations and without what others wrote. */
export function searchedFiles(
  files: RepositoryFiles,
  isMigration: (path: string) => boolean,
): SearchedFiles {
  const paths = files.paths.filter(
    (path) => CODE.test(path) && !NOT_OURS.test(path) && !isMigration(path),
  );
  const found: SearchedFile[] = [];
  let partly = paths.length > MOST_FILES;
  let length = 0;
  for (const path of paths.slice(0, MOST_FILES)) {
    const read = files.text(path);
    if (!("text" in read) || read.text.length > LONGEST_FILE) {
      partly = true;
      continue;
    }
    length += read.text.length;
    if (length > MOST_TEXT) return { files: found, partly: true };
    found.push({ path, text: read.text });
  }
  return { files: found, partly };
}
