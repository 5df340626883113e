import type { Rule } from "../core/rule.ts";
import { nearest } from "../core/nearest.ts";
import { UserError } from "../core/user-error.ts";

/** The rule that a person names, by its id, an earlier id, or squawk's name for it. Throws UserError when there is none. */
export function ruleNamed(name: string | undefined, rules: readonly Rule[]): Rule {
  if (name === undefined) {
    throw new UserError("explain needs the name of a rule.", {
      hint: "migrate-verify rules lists them.",
    });
  }
  const rule =
    rules.find(({ id }) => id === name) ??
    rules.find(({ aliases }) => aliases?.includes(name)) ??
    rules.find(({ squawk }) => squawk?.includes(name));
  if (rule !== undefined) return rule;
  const near = nearest(
    name,
    rules.map(({ id }) => id),
  );
  throw new UserError(`There is no rule ${name}.`, {
    hint:
      near === undefined
        ? "migrate-verify rules lists them."
        : `Did you mean ${near}? migrate-verify rules lists them.`,
  });
}
