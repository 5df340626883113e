import { SEVERITIES } from "../core/finding.ts";
import type { Review } from "../core/review.ts";
import type { Rule } from "../core/rule.ts";
import type { RuleSetting, Settings } from "../core/settings.ts";

/** What the configuration switched off or made weaker, for every report to say: for all files, and by its overrides. */
export function weakenedRules(
  settings: Settings,
  rules: readonly Rule[],
): Review["settings"]["rules"] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const weakened = (set: Readonly<Record<string, RuleSetting>>, files?: readonly string[]) =>
    Object.entries(set).flatMap(([rule, { severity, reason }]) =>
      severity === undefined || !isWeaker(severity, byId.get(rule))
        ? []
        : [
            {
              rule,
              severity,
              ...(files === undefined ? {} : { files }),
              ...(reason === undefined ? {} : { reason }),
            },
          ],
    );
  return [
    ...weakened(settings.rules),
    ...settings.overrides.flatMap(({ files, rules: set }) => weakened(set, files)),
  ];
}

/** Weaker than what the rule says of itself. An opt-in rule is off until it is named. */
function isWeaker(severity: NonNullable<RuleSetting["severity"]>, rule: Rule | undefined): boolean {
  if (rule === undefined || rule.optIn === true) return false;
  if (severity === "off") return true;
  return SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(rule.severity);
}
