import type { Framework } from "../core/migration.ts";
import { readFlywayName, flywayVersionKey } from "./flyway-name.ts";
import { canonicalNumber } from "./version.ts";

/**
 * What a runner's table of applied migrations knows a script by: equal for two paths that it takes for
 * the same migration, wherever they lie. Most remember the version alone, so that another title
 * changes nothing for them.
 */
export function rememberedName(framework: Framework, path: string): string {
  const [name = "", folder = "", app = ""] = path.split("/").toReversed();
  switch (framework) {
    case "golang-migrate":
    case "goose":
    case "sqlx":
      return canonicalNumber(numberOf(name));
    case "dbmate":
    case "supabase":
      return numberOf(name);
    case "diesel":
      return (folder.split("_", 1)[0] ?? folder).replaceAll("-", "");
    case "prisma":
      return folder;
    case "drizzle":
      // Before 1.0 it is the time in the journal, which a path does not tell.
      return name === "migration.sql" ? folder : name;
    case "flyway":
      return flywayName(name);
    case "django":
      return `${app}/${name}`;
    case "node-pg-migrate":
    case "sql":
      return name;
  }
}

function numberOf(name: string): string {
  return /^\d+/.exec(name)?.[0] ?? name;
}

/** Flyway validates the description too. */
function flywayName(file: string): string {
  const name = readFlywayName(file);
  if (name === undefined) return file;
  return `${name.kind}${flywayVersionKey(name.version.join("."))}__${name.description}`;
}
