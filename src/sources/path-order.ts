import type { Project } from "../core/migration.ts";
import { readSqlName } from "./sql-name.ts";

/**
 * The numbers that tell the place of a file in a project's order, from its path alone: for files
 * that were not read, and for those that are gone. Undefined where the path has none.
 */
export function orderOfPath(
  { root, framework }: Pick<Project, "root" | "framework">,
  path: string,
): readonly string[] | undefined {
  const inside = root === "." ? path : path.slice(root.length + 1);
  const name = inside.slice(inside.lastIndexOf("/") + 1);
  switch (framework) {
    case "prisma":
      return inside.match(/^\d+/) ?? undefined;
    case "diesel":
      return /^\d/.test(inside)
        ? inside.split(/[_/]/, 1).map((version) => version.replaceAll("-", ""))
        : undefined;
    case "flyway":
      return /^[VUB](\d+(?:[._]\d+)*)__/.exec(name)?.[1]?.split(/[._]/);
    case "sql":
      return readSqlName(name).order;
    default:
      return name.match(/^\d+/) ?? undefined;
  }
}
