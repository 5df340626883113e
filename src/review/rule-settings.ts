import type { RuleSetting, Settings } from "../core/settings.ts";
import { matchesGlob } from "../config/glob.ts";

/**
 * What the configuration says of a rule for a file: the last override that names both wins over the
 * general setting, for what it states.
 */
export function ruleSettings(
  settings: Settings,
): (rule: string, path: string) => RuleSetting | undefined {
  if (settings.overrides.length === 0) return (rule) => settings.rules[rule];
  return (rule, path) => {
    const override = settings.overrides.findLast(
      ({ files, rules }) =>
        rules[rule] !== undefined && files.some((glob) => matchesGlob(path, glob)),
    );
    const general = settings.rules[rule];
    const special = override?.rules[rule];
    if (general === undefined || special === undefined) return special ?? general;
    return { ...general, ...special, options: { ...general.options, ...special.options } };
  };
}
