import { setFlagsFromString } from "node:v8";
import type { RawStmt } from "@pgsql/types";

/** Why the grammar did not accept a text. */
export interface SyntaxFault {
  /** PostgreSQL's own words, unless there is a cause. */
  readonly message: string;
  /** Where it stopped: an offset in code points, not in bytes and not in UTF-16 units. */
  readonly codePoint: number;
  /** Present where the text was too much for the reader: PostgreSQL itself may take it. */
  readonly cause?: "too-deep";
}

/** What the grammar made of a text: its statements, or why there are none. */
type GrammarResult = { readonly statements: readonly RawStmt[] } | { readonly fault: SyntaxFault };

/** PostgreSQL's own grammar. Synchronous once it is loaded; the only place that knows libpg-query. */
export interface Grammar {
  /** Reads SQL. Every location in the result is an offset in UTF-8 bytes. Never throws for what the text holds. */
  parse(sql: string): GrammarResult;
  /**
   * Reads the body of one DO or CREATE FUNCTION statement; undefined where the grammar refuses it.
   * Only for a body in LANGUAGE plpgsql that is written as a string: anything else aborts the WASM.
   */
  parsePlpgsql(statement: string): PlpgsqlTree | undefined;
}

/** PL/pgSQL's tree as libpg-query prints it; nothing describes its types. */
export type PlpgsqlTree = { readonly [key: string]: PlpgsqlValue };
export type PlpgsqlValue = string | number | boolean | PlpgsqlTree | readonly PlpgsqlTree[];

let loading: Promise<Grammar> | undefined;

/** Loads the WASM of libpg-query, once. The import is dynamic so that what does not parse does not pay for it. */
export function loadGrammar(): Promise<Grammar> {
  loading ??= load();
  return loading;
}

/** Keeps WebAssembly at V8's baseline compiler (https://v8.dev/docs/wasm-compilation-pipeline). */
const BASELINE_COMPILER = ["--liftoff-only", "--no-wasm-tier-up", "--no-wasm-dynamic-tiering"];

async function load(): Promise<Grammar> {
  // V8 would optimize the grammar in the background, on every core, and the end of the process waits
  // for its compiler: that costs more than it saves, at one file and at five thousand.
  for (const flag of BASELINE_COMPILER) setFlagsFromString(flag);
  const { loadModule, parseSync, parsePlPgSQLSync } = await import("libpg-query");
  await loadModule();
  return {
    parse(sql) {
      // libpg-query throws a plain Error for a text without a single character.
      if (sql === "") return { statements: [] };
      try {
        return { statements: parseSync(sql).stmts ?? [] };
      } catch (error) {
        return { fault: faultOf(error) };
      }
    },
    parsePlpgsql(statement) {
      try {
        return parsePlPgSQLSync(statement) as PlpgsqlTree;
      } catch (error) {
        faultOf(error);
        return undefined;
      }
    },
  };
}

/** An error that the text caused, as a value; every other error is a bug and is thrown on. */
function faultOf(error: unknown): SyntaxFault {
  if (!(error instanceof Error)) throw error;
  if (error instanceof RangeError || error.name === "RuntimeError") {
    return { message: "nested too deeply to be read", codePoint: 0, cause: "too-deep" };
  }
  if (error instanceof TypeError || error instanceof SyntaxError) throw error;
  const position =
    "sqlDetails" in error ? (error.sqlDetails as { cursorPosition: number }).cursorPosition : 0;
  return { message: oneLine(error.message), codePoint: position };
}

/** PostgreSQL repeats all that stands behind a quote that is never closed. */
const LONGEST_MESSAGE = 200;

function oneLine(message: string): string {
  const end = message.search(/[\r\n]/);
  const line = end === -1 ? message : message.slice(0, end);
  if (line.length === message.length && line.length <= LONGEST_MESSAGE) return line;
  return `${line.slice(0, LONGEST_MESSAGE)}…"`;
}
