import type { BatchFailure } from "../verify/database.ts";

/** What the parent asks of the child; one request at a time. */
export type Request =
  | { readonly kind: "run"; readonly queries: readonly string[] }
  | { readonly kind: "query"; readonly sql: string }
  | { readonly kind: "save" };

/** Descriptors of the child: the archive that it starts from, and the pipe that it saves to. */
export const ARCHIVE_DESCRIPTOR = 4;
export const SAVE_DESCRIPTOR = 5;

/** What the child is started with: its only argument, as JSON. */
export interface ChildArgument {
  /** Folder that holds PGlite's files and the base directory. */
  readonly assets: string;
  /** Server settings, as `name=value`. */
  readonly settings: readonly string[];
  /** The archive of a data directory at the beginning of a file that is open; absent: an empty one. */
  readonly archive?: { readonly bytes: number; readonly crc: number };
}

export type FailedQuery = Omit<BatchFailure, "query">;

/** What the child says: that it runs, that its database does, then answers. A `run` is answered by a `ran` for each query, then `done` or `failed`. */
export type Reply =
  | { readonly kind: "begun" }
  | { readonly kind: "ready"; readonly version: string }
  | { readonly kind: "ran"; readonly ms: number }
  | { readonly kind: "done" }
  | { readonly kind: "saved"; readonly bytes: number; readonly crc: number }
  | { readonly kind: "rows"; readonly rows: readonly (readonly (string | null)[])[] }
  | ({ readonly kind: "failed" } & FailedQuery);

/**
 * Reads a reply. The child runs untrusted SQL and is not trusted either, so nothing is taken over
 * that was not looked at. Throws an Error for anything else than a reply.
 */
export function parseReply(value: unknown): Reply {
  if (!isRecord(value)) throw new Error("a reply is not an object");
  switch (value["kind"]) {
    case "begun":
      return { kind: "begun" };
    case "ready":
      return { kind: "ready", version: text(value["version"]) };
    case "ran":
      return { kind: "ran", ms: milliseconds(value["ms"]) };
    case "done":
      return { kind: "done" };
    case "saved":
      return { kind: "saved", bytes: whole(value["bytes"]), crc: whole(value["crc"]) };
    case "rows":
      return { kind: "rows", rows: list(value["rows"]).map(row) };
    case "failed":
      return { kind: "failed", cause: cause(value["cause"]), error: error(value["error"]) };
    default:
      throw new Error("a reply of an unknown kind");
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error("a reply lacks a list");
  return value;
}

function row(value: unknown): readonly (string | null)[] {
  return list(value).map((field) => (field === null ? null : text(field)));
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new Error("a reply lacks a text");
  return value;
}

function milliseconds(value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) {
    throw new Error("a reply lacks a duration");
  }
  return value;
}

function whole(value: unknown): number {
  if (Number.isSafeInteger(value) && Number(value) >= 0) return Number(value);
  throw new Error("a reply lacks a number");
}

function cause(value: unknown): "sql" | "crash" {
  // "timeout" is the parent's to say: it owns the clock.
  if (value === "sql" || value === "crash") return value;
  throw new Error("a reply lacks a cause");
}

function error(value: unknown): FailedQuery["error"] {
  if (!isRecord(value)) throw new Error("a reply lacks an error");
  const { offset } = value;
  return {
    message: text(value["message"]),
    ...optionalText(value, "code"),
    ...optionalText(value, "detail"),
    ...optionalText(value, "hint"),
    ...(Number.isSafeInteger(offset) && Number(offset) >= 0 ? { offset: Number(offset) } : {}),
  };
}

function optionalText<K extends string>(
  record: Record<string, unknown>,
  key: K,
): { readonly [key in K]?: string } {
  const value = record[key];
  return typeof value === "string" ? ({ [key]: value } as { [key in K]: string }) : {};
}
