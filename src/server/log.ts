import { pino, type Logger } from "pino";
import { redact } from "../report/redact.ts";
import type { LogLevel } from "./server-config.ts";

export interface LogOptions {
  readonly level: LogLevel;
  /** Texts that must never be printed, whatever they stand in. */
  readonly secrets: readonly string[];
  readonly write: (line: string) => void;
}

/** The server's log: one JSON object a line, in which no secret, no payload and no SQL stands. */
export function createLog({ level, secrets, write }: LogOptions): Logger {
  const known = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  const scrub = (line: string): string =>
    known.reduce((text, secret) => text.replaceAll(secret, "***"), redact(line));
  return pino(
    {
      level,
      base: { service: "migrate-verify" },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: brief, error: brief },
    },
    { write: (line) => write(scrub(line)) },
  );
}

/** Of an error what tells where it comes from: octokit's hold the request with its token. */
function brief(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  const errors = error instanceof AggregateError ? error.errors.map(brief) : undefined;
  const status = "status" in error ? error.status : undefined;
  return { name, message, stack, status, errors };
}
