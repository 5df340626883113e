import * as z from "zod";
import { OLDEST_POSTGRES, SUPPORTED_POSTGRES } from "../core/settings.ts";
import { DURATION, LONGEST_MS, parseDuration } from "./duration.ts";
import { expected } from "./expectation.ts";

/** The versions of PostgreSQL that can be configured, in words. */
export const MAJORS = `a major version of PostgreSQL from ${OLDEST_POSTGRES} to ${SUPPORTED_POSTGRES.newest}, for example 16`;

/** A major version of PostgreSQL. */
export const major = z
  .int({ error: expected(MAJORS) })
  .min(OLDEST_POSTGRES, { error: expected(MAJORS) })
  .max(SUPPORTED_POSTGRES.newest, { error: expected(MAJORS) });

/** A path that stays in the repository. */
export const repositoryPath = text("a path from the repository's root", 1000).regex(
  /^(?![/\s])(?!.*(?:^|\/)\.\.(?:\/|$))[^\\\p{Cc}]+$/u,
  { error: expected("a path from the repository's root, with / and without ..") },
);

/** A glob as `matchesGlob` reads it. */
export const glob = text("a glob of paths, for example db/archive/**", 1000).regex(
  /^(?!\/)[^[\]{}\\!\p{Cc}]+$/u,
  { error: expected("a glob of paths from the repository's root, made of names, /, *, ** and ?") },
);

/** A duration as `parseDuration` reads it. */
export const duration = text("a duration with its unit, for example 10s", 20)
  .regex(DURATION, { error: expected("a duration such as 500ms, 10s or 3m") })
  .refine((value) => parseDuration(value) !== undefined, {
    error: expected(`a duration between 1ms and ${LONGEST_MS / 3_600_000}h`),
  });

const ROWS = "a number of rows from 0 to 10000";

/** How many rows a table is given. */
export const rowCount = z
  .int({ error: expected(ROWS) })
  .min(0, { error: expected(ROWS) })
  .max(10_000, { error: expected(ROWS) });

/** Why something is switched off. */
export const reason = text("a reason in words", 500).regex(/\S/, {
  error: expected("a reason in words"),
});

/** The version or id of a migration. */
export const version = text("a version in quotes", 300).min(1, { error: expected("a version") });

/** The name of an extension of PostgreSQL. */
export const extension = text("the name of an extension", 63).regex(/^[A-Za-z_][A-Za-z0-9_-]*$/, {
  error: expected("the name of an extension"),
});

function text(what: string, longest: number) {
  return z
    .string({ error: expected(what) })
    .max(longest, { error: expected(`${what}, of at most ${longest} characters`) });
}
