import type { Execution, MigrationScript } from "../core/migration.ts";
import type { Folder } from "./folder.ts";
import type { SourceOptions } from "./source.ts";
import { statementHeads } from "./statement-heads.ts";

/** What PostgreSQL refuses in a transaction, as Flyway's own parser knows it. */
const NON_TRANSACTIONAL = [
  /^(?:CREATE|DROP) (?:DATABASE|TABLESPACE|SUBSCRIPTION)\b/,
  /^ALTER SYSTEM\b/,
  /^(?:CREATE|DROP)(?: UNIQUE)? INDEX CONCURRENTLY\b/,
  /^REINDEX(?: VERBOSE)? (?:SCHEMA|DATABASE|SYSTEM)\b/,
  /^VACUUM\b/,
  /^DISCARD ALL\b/,
];

/**
 * A Flyway script with its placeholders and its transaction. Flyway sends statement by statement.
 * `<script>.sql.conf` may say `executeInTransaction` and `placeholderReplacement`; without it a
 * script of statements that cannot run in a transaction runs without one
 * (https://documentation.red-gate.com/fd/flyway-execute-in-transaction-setting-277578997.html).
 */
export function flywayScript(
  folder: Folder,
  file: string,
  text: string,
  { placeholders }: SourceOptions,
): MigrationScript {
  const settings = scriptSettings(folder.textIfAny(`${file}.conf`) ?? "");
  const substitutions =
    settings.get("placeholderreplacement") === "false" ? [] : substitute(text, file, placeholders);
  return {
    path: folder.pathOf(file),
    text,
    span: { start: 0, end: text.length },
    execution: execution(text, settings.get("executeintransaction")),
    ...(substitutions.length === 0 ? {} : { substitutions }),
  };
}

/**
 * Flyway refuses a script that mixes statements of both kinds, unless `flyway.mixed` is set, which
 * is not in the repository. Such a script is told as one within a transaction: there PostgreSQL
 * refuses the same statement for the same reason.
 */
function execution(text: string, configured: string | undefined): Execution {
  if (configured !== undefined) return { transaction: configured !== "false", sends: "statements" };
  const heads = statementHeads(text);
  const alone = heads.filter((head) => NON_TRANSACTIONAL.some((pattern) => pattern.test(head)));
  const transaction = alone.length === 0 || alone.length < heads.length;
  return { transaction, sends: "statements" };
}

/** `key=value` lines, keys in small letters. */
function scriptSettings(conf: string): Map<string, string> {
  const settings = new Map<string, string>();
  for (const line of conf.split("\n")) {
    const [, key, value] = /^([A-Za-z.]+)\s*=(.*)$/.exec(line.trim()) ?? [];
    if (key !== undefined && value !== undefined) {
      settings.set(key.toLowerCase(), value.trim().toLowerCase());
    }
  }
  return settings;
}

const PLACEHOLDER = /\$\{([^{}\r\n]{1,200})\}/g;

/** Values of the placeholders that Flyway fills in itself (https://documentation.red-gate.com/flyway/flyway-concepts/migrations/migration-placeholders). */
function defaults(file: string): Record<string, string> {
  return {
    "flyway:defaultschema": "public",
    "flyway:user": "postgres",
    "flyway:database": "postgres",
    "flyway:table": "flyway_schema_history",
    "flyway:filename": file,
    "flyway:timestamp": "1970-01-01 00:00:00",
    "flyway:workingdirectory": ".",
    "flyway:environment": "default",
  };
}

/**
 * Placeholders with their values; names are equal whatever their case. One without a value stands
 * as an identifier made of its name, which parses where a name, a type or the inside of a string
 * constant can stand.
 */
function substitute(
  text: string,
  file: string,
  placeholders: SourceOptions["placeholders"],
): NonNullable<MigrationScript["substitutions"]> {
  const values = new Map(Object.entries(defaults(file)));
  for (const [name, value] of Object.entries(placeholders)) values.set(name.toLowerCase(), value);
  return [...text.matchAll(PLACEHOLDER)].map((match) => {
    const name = match[1] ?? "";
    return {
      span: { start: match.index, end: match.index + match[0].length },
      text: values.get(name.toLowerCase()) ?? `placeholder_${name.replaceAll(/\W/g, "_")}`,
    };
  });
}
