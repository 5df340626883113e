import type { Rule } from "../core/rule.ts";

/**
 * The rules that are known, with those of modules of the project's own. What reads a module is loaded
 * only where there is one. Throws UserError for what is no rule.
 */
export async function withOwnRules(
  known: readonly Rule[],
  modules: readonly { readonly path: string; readonly exported: unknown }[],
): Promise<readonly Rule[]> {
  if (modules.length === 0) return known;
  const { parseRuleModule } = await import("../config/rule-module.ts");
  return modules.reduce<readonly Rule[]>(
    (rules, { path, exported }) => [...rules, ...parseRuleModule(exported, path, rules)],
    known,
  );
}
