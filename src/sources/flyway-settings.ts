import type { Folder } from "./folder.ts";

/** What a repository says of how its Flyway runs scripts. */
export interface FlywaySettings {
  /** Values of placeholders, names in small letters. */
  readonly placeholders: ReadonlyMap<string, string>;
  readonly placeholderReplacement: boolean;
  readonly placeholderPrefix: string;
  readonly placeholderSuffix: string;
  /** A script may hold statements that cannot run in a transaction beside others. */
  readonly mixed: boolean;
  readonly executeInTransaction: boolean;
  /** Its history table is locked by a transaction of another session while a script runs. */
  readonly transactionalLock: boolean;
}

/** A file that configures Flyway, and what the names of Flyway's settings begin with in it. */
interface ConfigFile {
  readonly name: string;
  readonly prefixes: readonly string[];
}

/**
 * Flyway's own files, TOML before the older format, then those of the frameworks that carry it
 * (https://documentation.red-gate.com/fd/configuration-files-224003079.html,
 * https://docs.spring.io/spring-boot/appendix/application-properties/index.html,
 * https://quarkus.io/guides/flyway).
 */
const FILES: readonly ConfigFile[] = [
  { name: "flyway.toml", prefixes: ["flyway."] },
  { name: "flyway.conf", prefixes: ["flyway."] },
  { name: "application.properties", prefixes: ["spring.flyway.", "quarkus.flyway."] },
];

/** The settings of the nearest folder around the migrations that has any; those of ours win. */
export function flywaySettings(
  migrations: Folder,
  configured: Readonly<Record<string, string>>,
): FlywaySettings {
  const found = nearestSettings(migrations);
  const isOn = (name: string, otherwise: boolean): boolean => {
    const value = found.get(name)?.toLowerCase();
    return value === undefined ? otherwise : value === "true";
  };
  return {
    placeholders: new Map([
      ...placeholdersOf(found),
      ...Object.entries(configured).map(([name, value]) => [name.toLowerCase(), value] as const),
    ]),
    placeholderReplacement: isOn("placeholderreplacement", true),
    placeholderPrefix: found.get("placeholderprefix") ?? "${",
    placeholderSuffix: found.get("placeholdersuffix") ?? "}",
    mixed: isOn("mixed", false),
    executeInTransaction: isOn("executeintransaction", true),
    transactionalLock: isOn("postgresqltransactionallock", true),
  };
}

function nearestSettings(migrations: Folder): ReadonlyMap<string, string> {
  for (const above of migrations.upwards()) {
    for (const folder of [above, above.folders.get("conf")]) {
      for (const { name, prefixes } of FILES) {
        const text = folder?.textIfAny(name);
        const settings = text === undefined ? undefined : settingsIn(text, prefixes);
        if (settings !== undefined && settings.size > 0) return settings;
      }
    }
  }
  return new Map();
}

const PLACEHOLDERS = "placeholders.";

function* placeholdersOf(settings: ReadonlyMap<string, string>): Generator<[string, string]> {
  for (const [name, value] of settings) {
    // What the environment fills in is not known here.
    if (name.startsWith(PLACEHOLDERS) && !value.includes("${")) {
      yield [name.slice(PLACEHOLDERS.length), value];
    }
  }
}

/** `key=value` lines under `[sections]`, which are written before the key with a dot, as TOML means them. */
const LINE = /^(?:\[(?<section>[^\]]+)\]|(?<key>[\w.:"'-]+)\s*[=:]\s*(?<value>.*))$/;

/** The settings in a file by their names in small letters, without dashes and dots but for those of placeholders. */
function settingsIn(text: string, prefixes: readonly string[]): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  let section = "";
  for (const line of text.replaceAll(/\\\r?\n\s*/g, "").split("\n")) {
    const { groups } = LINE.exec(line.trim()) ?? {};
    if (groups?.["section"] !== undefined) section = `${groups["section"].trim()}.`;
    if (groups?.["key"] === undefined) continue;
    const path = `${section}${groups["key"]}`.replaceAll(/["']/g, "").toLowerCase();
    const prefix = prefixes.find((one) => path.startsWith(one));
    if (prefix === undefined) continue;
    const name = path.slice(prefix.length);
    const isPlaceholder = name.startsWith(PLACEHOLDERS);
    settings.set(
      isPlaceholder ? name : name.replaceAll(/[-.]/g, ""),
      unquoted(groups["value"] ?? "", section !== ""),
    );
  }
  return settings;
}

/** A value without the quotes of TOML, or the comment behind it there. */
function unquoted(value: string, isToml: boolean): string {
  const quoted = /^(["'])(.*?)\1/.exec(value)?.[2];
  if (quoted !== undefined) return quoted;
  return isToml ? value.replace(/\s*#.*$/, "") : value;
}
