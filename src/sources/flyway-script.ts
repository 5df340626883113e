import type { Execution, MigrationScript } from "../core/migration.ts";
import type { FlywaySettings } from "./flyway-settings.ts";
import type { Folder } from "./folder.ts";
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
  settings: FlywaySettings,
): MigrationScript {
  const own = scriptSettings(folder.textIfAny(`${file}.conf`) ?? "");
  const replaces = own.get("placeholderreplacement") ?? String(settings.placeholderReplacement);
  const substitutions = replaces === "false" ? [] : substitute(text, file, settings);
  return {
    path: folder.pathOf(file),
    text,
    span: { start: 0, end: text.length },
    execution: execution(text, own.get("executeintransaction"), settings),
    ...(substitutions.length === 0 ? {} : { substitutions }),
  };
}

/**
 * Flyway refuses a script that mixes statements of both kinds, unless `mixed` is set: then it runs all
 * of it without a transaction. A refused one is told as one within a transaction: there PostgreSQL
 * refuses the same statement for the same reason
 * (https://documentation.red-gate.com/fd/flyway-mixed-setting-277579012.html).
 */
function execution(text: string, own: string | undefined, settings: FlywaySettings): Execution {
  const transaction = isInTransaction(text, own, settings);
  return {
    transaction,
    sends: "statements",
    ...(!transaction && settings.transactionalLock ? { besideTransaction: true } : {}),
  };
}

function isInTransaction(
  text: string,
  own: string | undefined,
  { mixed, executeInTransaction }: FlywaySettings,
): boolean {
  if (own !== undefined) return own !== "false";
  if (!executeInTransaction) return false;
  const heads = statementHeads(text);
  const alone = heads.filter((head) => NON_TRANSACTIONAL.some((pattern) => pattern.test(head)));
  return alone.length === 0 || (!mixed && alone.length < heads.length);
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
  { placeholders, placeholderPrefix: prefix, placeholderSuffix: suffix }: FlywaySettings,
): NonNullable<MigrationScript["substitutions"]> {
  const values = new Map([...Object.entries(defaults(file)), ...placeholders]);
  const pattern = new RegExp(`${escaped(prefix)}([^{}\\r\\n]{1,200}?)${escaped(suffix)}`, "g");
  return [...text.matchAll(pattern)].map((match) => {
    const name = match[1] ?? "";
    return {
      span: { start: match.index, end: match.index + match[0].length },
      text: values.get(name.toLowerCase()) ?? `placeholder_${name.replaceAll(/\W/g, "_")}`,
    };
  });
}

function escaped(literal: string): string {
  return literal.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}
