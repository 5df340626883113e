import { canonicalNumber } from "./version.ts";

/** What a Flyway file's name says. */
export interface FlywayName {
  /** `V`ersioned, `U`ndo, `R`epeatable, `B`aseline. */
  readonly kind: "V" | "U" | "R" | "B";
  /** The numbers of its version; empty for a repeatable one. */
  readonly version: readonly string[];
  readonly description: string;
}

const VERSIONED = /^([VUB])(\d+(?:[._]\d+)*)__(.*)\.sql$/i;
const REPEATABLE = /^R__(.*)\.sql$/i;

/**
 * Reads a file name with Flyway's default prefixes, separator and suffix: `V1.2__add_users.sql`.
 * Dots and underscores separate the parts of a version
 * (https://documentation.red-gate.com/flyway/flyway-concepts/migrations/versioned-migrations).
 */
export function readFlywayName(file: string): FlywayName | undefined {
  const versioned = VERSIONED.exec(file);
  const [, prefix, version, description = ""] = versioned ?? [];
  // The prefix is case-sensitive, the suffix is not.
  if (version !== undefined && (prefix === "V" || prefix === "U" || prefix === "B")) {
    return { kind: prefix, version: version.split(/[._]/), description };
  }
  const repeatable = file.startsWith("R") ? REPEATABLE.exec(file)?.[1] : undefined;
  return repeatable === undefined ? undefined : { kind: "R", version: [], description: repeatable };
}

/** Equal for versions that Flyway takes for one: `1.0`, `01` and `1`. */
export function flywayVersionKey(version: string): string {
  return version
    .split(/[._]/)
    .map(canonicalNumber)
    .join(".")
    .replace(/(?:\.0)+$/, "");
}

/** A script that Flyway runs around migrations: `afterMigrate.sql`, `beforeEachMigrate__log.sql`. */
export function isFlywayCallback(file: string): boolean {
  return /^(?:before|after|create)[A-Z]\w*\.sql$/.test(file);
}
