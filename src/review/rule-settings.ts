import type { RuleSetting, Settings } from "../core/settings.ts";
import { matchesGlob } from "../config/glob.ts";

/** What the configuration says of a rule for a file: the last override that names both wins over the general setting. */
export function ruleSettings(
  settings: Settings,
): (rule: string, path: string) => RuleSetting | undefined {
  if (settings.overrides.length === 0) return (rule) => settings.rules[rule];
  return (rule, path) => {
    const override = settings.overrides.findLast(
      ({ files, rules }) =>
        rules[rule] !== undefined && files.some((glob) => matchesGlob(path, glob)),
    );
    return override?.rules[rule] ?? settings.rules[rule];
  };
}
