import type { Unverified } from "../core/review.ts";
import type { EngineDescription } from "../core/verification.ts";
import type { Provisions } from "./session.ts";

/** The extensions that an engine has not got, with who asked for them. */
export function leftOut(
  { extensions }: Provisions,
  { name, version }: EngineDescription,
): Unverified[] {
  const engine = `${name === "pglite" ? "PGlite" : "PostgreSQL"} ${version}`;
  return [...extensions].map(([extension, { path, reason }]) => ({
    path,
    reason: `the extension ${extension} was left out, because ${engine} has not got it: ${reason}`,
  }));
}

/** What was made because no migration makes it, a sentence each. */
export function madeNotes({ made }: Provisions): string[] {
  return [...made.values()].map(
    ({ kind, name }) => `No migration creates the ${kind} ${name}: an empty one was made.`,
  );
}
