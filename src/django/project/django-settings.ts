import { settingsTexts } from "../../sources/django-layout.ts";
import type { Folder } from "../../sources/folder.ts";

/** What the literals of a project's settings tell of its migrations. Nothing of them is run. */
export interface DjangoSettings {
  /** `AUTH_USER_MODEL`: `users.User`. */
  readonly authUserModel?: string;
  /** `DEFAULT_AUTO_FIELD`: `django.db.models.BigAutoField`. */
  readonly defaultAutoField?: string;
  /** The last part of each `ENGINE` of `DATABASES`: `postgresql`. */
  readonly engines: readonly string[];
  /** `DATABASE_ROUTERS` names some: which migrations go to which database is not known. */
  readonly routed: boolean;
  /** Something in the settings speaks of PostgreSQL. */
  readonly namesPostgres: boolean;
  /** The value of another setting that is a text or a number. */
  readonly literal: (name: string) => string | number | undefined;
  /** All that was read for them. */
  readonly texts: readonly string[];
}

/** Reads the settings of the project in a folder: of several files the first that states a value. */
export function djangoSettings(root: Folder): DjangoSettings {
  const texts = settingsTexts(root);
  const text = (name: string): string | undefined => {
    const value = literal(texts, name);
    return typeof value === "string" ? value : undefined;
  };
  const authUserModel = text("AUTH_USER_MODEL");
  const defaultAutoField = text("DEFAULT_AUTO_FIELD");
  return {
    ...(authUserModel === undefined ? {} : { authUserModel }),
    ...(defaultAutoField === undefined ? {} : { defaultAutoField }),
    engines: texts.flatMap(enginesIn),
    routed: texts.some((one) => /^\s*DATABASE_ROUTERS\s*(?::[^=\n]+)?=\s*[[(]\s*["'\w]/m.test(one)),
    namesPostgres: texts.some((one) => /postg(?:res|is)|psycopg|database_url/i.test(one)),
    literal: (name) => literal(texts, name),
    texts,
  };
}

/** The model that a setting names, or that stands in its place; empty where it is not known. */
export function swappedModel(setting: string, settings: DjangoSettings): string {
  if (setting.includes(".")) return setting;
  if (setting === "AUTH_USER_MODEL") return settings.authUserModel ?? "auth.User";
  const value = settings.literal(setting);
  return typeof value === "string" ? value : "";
}

/** `NAME = "x"`, `NAME: str = 'x'`, `NAME = 5`, and what an environment variable is otherwise: `NAME = env("NAME", default="x")`. */
function literal(texts: readonly string[], name: string): string | number | undefined {
  const pattern = new RegExp(
    `^${name}\\s*(?::[^=\\n]+)?=\\s*(?:[\\w.]+\\(\\s*["'][^"'\\n]*["'],\\s*(?:default=)?)?(?:["']([^"'\\n]*)["']|(\\d+)\\s*$)`,
    "m",
  );
  for (const text of texts) {
    const match = pattern.exec(text);
    if (match !== null) return match[1] ?? Number(match[2]);
  }
  return undefined;
}

function enginesIn(text: string): string[] {
  return [...text.matchAll(/["']ENGINE["']\s*\]?\s*[:=]\s*["']([\w.]+)["']/g)].map(
    ([, engine = ""]) => engine.slice(engine.lastIndexOf(".") + 1),
  );
}

const OTHER_DATABASES = new Map([
  ["mysql", "MySQL"],
  ["oracle", "Oracle"],
  ["sqlite3", "SQLite"],
  ["mssql", "SQL Server"],
]);

/** The database other than PostgreSQL that the settings name, where they name no other. */
export function otherDatabase({ engines, namesPostgres }: DjangoSettings): string | undefined {
  if (namesPostgres || engines.length === 0) return undefined;
  const others = engines.map((engine) => OTHER_DATABASES.get(engine));
  return others.every((other) => other !== undefined) ? others[0] : undefined;
}
