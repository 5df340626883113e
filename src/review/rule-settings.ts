import type { RuleSetting, SettingsOf, Settings } from "../core/settings.ts";
import { matchesGlob } from "../config/glob.ts";

/**
 * What the configuration says of the rules for a file: the last override that names both wins over the
 * general setting, for what it states. Files that the same overrides name have one answer in common.
 */
export function ruleSettings({ overrides, rules }: Settings): SettingsOf {
  const general = (rule: string): RuleSetting | undefined => rules[rule];
  if (overrides.length === 0) return () => general;
  const known = new Map<string, ReturnType<SettingsOf>>();
  return (path) => {
    const named = overrides.filter(({ files }) => files.some((glob) => matchesGlob(path, glob)));
    const key = named.map((override) => overrides.indexOf(override)).join();
    const before = known.get(key);
    if (before !== undefined) return before;
    const settings = (rule: string): RuleSetting | undefined => {
      const special = named.findLast((override) => override.rules[rule] !== undefined)?.rules[rule];
      return merged(general(rule), special);
    };
    known.set(key, settings);
    return settings;
  };
}

function merged(
  general: RuleSetting | undefined,
  special: RuleSetting | undefined,
): RuleSetting | undefined {
  if (general === undefined || special === undefined) return special ?? general;
  return { ...general, ...special, options: { ...general.options, ...special.options } };
}
