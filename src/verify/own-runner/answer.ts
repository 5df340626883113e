import type { DatabaseError } from "../../core/verification.ts";

/** A statement that the project's own runner sent. */
export interface SentStatement {
  readonly sql: string;
  /** It was sent by code of the project, and not by an operation. */
  readonly byCode: boolean;
}

/** What the project's own runner says of one step; its word, and untrusted. */
export interface Answer {
  readonly error?: DatabaseError;
  /** Why the migration cannot be undone. */
  readonly irreversible?: string;
  /** Migrations that it does not know. */
  readonly unknown: readonly string[];
  /** The version of its framework. */
  readonly version?: string;
  /** Apps whose models changed without a migration, and what is missing. */
  readonly missing: readonly MissingMigration[];
  readonly sent: readonly SentStatement[];
}

export interface MissingMigration {
  /** The folder of the app, from the root of the repository. */
  readonly app: string;
  /** A sentence each. */
  readonly changes: readonly string[];
}

const MOST_TEXT = 4_000;

/** Reads an answer. Undefined when it is none. */
export function parseAnswer(text: string): Answer | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const error = errorOf(value["error"]);
  const irreversible = shortText(value["irreversible"]);
  const version = shortText(value["django"]);
  return {
    ...(error === undefined ? {} : { error }),
    ...(irreversible === undefined ? {} : { irreversible }),
    ...(version === undefined ? {} : { version }),
    unknown: texts(value["unknown"]),
    missing: records(value["missing"]).map(({ app, changes }) => ({
      app: shortText(app) ?? "",
      changes: texts(changes),
    })),
    sent: records(value["sent"]).map(({ sql, code }) => ({
      sql: typeof sql === "string" ? sql : "",
      byCode: code === true,
    })),
  };
}

/** An exception: the database's own words where it came from there, else its type before its message. */
function errorOf(value: unknown): DatabaseError | undefined {
  if (!isRecord(value)) return undefined;
  const [type, said, code] = [value["type"], value["message"], value["code"]].map(shortText);
  const line = value["line"];
  const sqlstate = code !== undefined && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
  const message = sqlstate === undefined ? [type, said].filter(Boolean).join(": ") : (said ?? "");
  return {
    message: message === "" ? "an error without a message" : message,
    ...(sqlstate === undefined ? {} : { code: sqlstate }),
    ...(typeof line === "number" && Number.isSafeInteger(line) && line > 0 ? { line } : {}),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function records(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.flatMap((one) => shortText(one) ?? []) : [];
}

function shortText(value: unknown): string | undefined {
  return typeof value === "string" ? value.slice(0, MOST_TEXT) : undefined;
}
