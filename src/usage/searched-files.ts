import type { RepositoryFiles } from "../sources/files.ts";

/** More than this is not searched: of text, in UTF-16 units, all files together. */
const ON_DISK = { files: 10_000, text: 32 * 1024 * 1024 };
/** Where to read costs requests, of which one brings 150 files or two megabytes: about ten of them. */
const FETCHED = { files: 1000, text: 8 * 1024 * 1024 };
/** Of each by itself. */
const LONGEST_FILE = 512 * 1024;

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
  const most = files.size === undefined ? ON_DISK : FETCHED;
  const found: SearchedFile[] = [];
  let partly = paths.length > most.files;
  let length = 0;
  for (const path of paths.slice(0, most.files)) {
    // What is known before is not fetched in vain.
    const size = files.size?.(path) ?? 0;
    if (size > LONGEST_FILE) {
      partly = true;
      continue;
    }
    length += size;
    if (length > most.text) return { files: found, partly: true };
    const read = files.text(path);
    if (!("text" in read) || read.text.length > LONGEST_FILE) {
      partly = true;
      continue;
    }
    if (files.size === undefined) length += read.text.length;
    if (length > most.text) return { files: found, partly: true };
    found.push({ path, text: read.text });
  }
  return { files: found, partly };
}
