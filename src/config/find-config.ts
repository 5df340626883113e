import { UserError } from "../core/user-error.ts";

/** Where the configuration may stand, from the repository's root. */
export const CONFIG_PATHS = ["migrate-verify.yml", ".github/migrate-verify.yml"] as const;

/** Names that people give the file and that would be overlooked, with the right one. */
const MISNAMED: readonly (readonly [string, string])[] = [
  ["migrate-verify.yaml", "migrate-verify.yml"],
  [".migrate-verify.yml", "migrate-verify.yml"],
  [".migrate-verify.yaml", "migrate-verify.yml"],
  [".github/migrate-verify.yaml", ".github/migrate-verify.yml"],
];

/**
 * The path of the repository's configuration, undefined when it has none. Throws UserError when there
 * are two, and when one is there under a name that would be overlooked.
 */
export function findConfig(exists: (path: string) => boolean): string | undefined {
  for (const [name, right] of MISNAMED) {
    if (exists(name)) {
      throw new UserError(`${name} is not read: the configuration's name is ${right}.`, {
        hint: `Rename it: git mv ${name} ${right}`,
      });
    }
  }
  const [first, second] = CONFIG_PATHS.filter((path) => exists(path));
  if (first !== undefined && second !== undefined) {
    throw new UserError(`There are two configurations, ${first} and ${second}.`, {
      hint: "Keep one of them.",
    });
  }
  return first;
}
