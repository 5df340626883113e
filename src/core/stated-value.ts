import { nearest } from "./nearest.ts";
import { OLDEST_POSTGRES, SUPPORTED_POSTGRES } from "./settings.ts";
import { UserError } from "./user-error.ts";

/**
 * The one of some values that somebody stated, on a command line or in a workflow; undefined where
 * nothing was. `where` names the place. Throws UserError for any other value.
 */
export function statedOneOf<const Value extends string>(
  where: string,
  value: string | undefined,
  allowed: readonly Value[],
): Value | undefined {
  if (value === undefined) return undefined;
  const known = allowed.find((one) => one === value);
  if (known !== undefined) return known;
  const near = nearest(value, allowed);
  throw new UserError(`${where} does not know ${value}.`, {
    hint: near === undefined ? `Use ${allowed.join(", ")}.` : `Did you mean ${near}?`,
  });
}

/** The major versions of PostgreSQL in a text such as `16`, `16.4` or `15,17`. Throws UserError for what is none that is supported. */
export function statedVersions(
  where: string,
  value: string | undefined,
): readonly number[] | undefined {
  return value?.split(",").map((part) => {
    const major = Number(/^\s*(\d{1,2})(?:\.\d+)*\s*$/.exec(part)?.[1] ?? Number.NaN);
    if (major >= OLDEST_POSTGRES && major <= SUPPORTED_POSTGRES.newest) return major;
    throw new UserError(`${where} does not know ${part.trim()}.`, {
      hint: `Use a major version from ${OLDEST_POSTGRES} to ${SUPPORTED_POSTGRES.newest}, for example 16, or several: 15,17.`,
    });
  });
}

/** A property for an object literal, which is absent where its value is. */
export function optional<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]: Value });
}
