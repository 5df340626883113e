import type { FindUses, NameUses, RemovedName } from "../core/uses.ts";
import type { RepositoryFiles } from "../sources/files.ts";
import { columnPattern, escaped, tablePattern } from "./patterns.ts";
import { prismaModels } from "./prisma-models.ts";
import { searchedFiles, type SearchedFile, type SearchedFiles } from "./searched-files.ts";

/** Places that are named. */
const SHOWN = 5;

/**
 * Searches the files of a repository, its migrations left out, for places that still name a table or
 * a column. Texts are read at the first question, each once. What it finds is a lead for a reader:
 * no program is parsed.
 */
export function usesIn(files: RepositoryFiles, isMigration: (path: string) => boolean): FindUses {
  let searched: SearchedFiles | undefined;
  return (removed) => {
    searched ??= searchedFiles(files, isMigration);
    return findUses(removed, searched);
  };
}

function findUses(removed: RemovedName, { files, partly }: SearchedFiles): NameUses | undefined {
  const find = finder(removed);
  const places = files.flatMap((file) => find(file).map((line) => ({ path: file.path, line })));
  if (places.length === 0) return undefined;
  return {
    places: places.slice(0, SHOWN),
    more: Math.max(0, places.length - SHOWN),
    ...(partly ? { partly: true as const } : {}),
  };
}

/** Gives the lines of a file that name it. */
function finder({ table, column }: RemovedName): (file: SearchedFile) => number[] {
  const names = tablePattern(table);
  const quick = new RegExp(escaped(table.name), "i");
  const columns = column === undefined ? undefined : columnPattern(column);
  return ({ path, text }) => {
    if (path.endsWith(".prisma")) return inPrisma(text, table.name, column);
    if (!quick.test(text) || !names.test(text)) return [];
    return linesWith(text, columns ?? names);
  };
}

function inPrisma(text: string, table: string, column: string | undefined): number[] {
  return prismaModels(text)
    .filter((model) => model.table === table)
    .flatMap(({ line, columns }) => (column === undefined ? line : (columns.get(column) ?? [])));
}

function linesWith(text: string, pattern: RegExp): number[] {
  return text
    .split(/\r\n|[\n\r]/)
    .flatMap((line, index) => (line.length < 2000 && pattern.test(line) ? index + 1 : []));
}
