/**
 * The files of the models that migrations belong to: of one file or of a folder of them, beside the
 * migrations or one level further up
 * (https://www.prisma.io/docs/orm/prisma-schema/overview/location#multi-file-prisma-schema).
 */
export function modelPaths(migrations: string, paths: readonly string[]): readonly string[] {
  const schemas = paths.filter((path) => path.endsWith(".prisma"));
  const around = [parentOf(migrations), parentOf(parentOf(migrations))].map((folder) =>
    schemas.filter((path) => folder === "" || path.startsWith(`${folder}/`)),
  );
  return around.find((found) => found.length > 0) ?? [];
}

function parentOf(folder: string): string {
  return folder.includes("/") ? folder.slice(0, folder.lastIndexOf("/")) : "";
}
