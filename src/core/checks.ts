import type { LintContext } from "./lint-context.ts";
import type { Operation, OperationKind } from "./operation.ts";
import type { Rule } from "./rule.ts";

/** What one rule does at an operation. */
export interface Check {
  readonly rule: Rule;
  // Each function is only called with an operation of the kind that it is filed under.
  readonly run: (operation: never, context: LintContext) => void;
}

/** What one rule does after the last operation of a script. */
export interface FinalCheck {
  readonly rule: Rule;
  readonly run: (context: LintContext) => void;
}

/** The checks of some rules by what they look at, in the order of the rules; those of one kind before those of all. */
export class Checks {
  readonly final: readonly FinalCheck[];
  readonly #rules: readonly Rule[];
  readonly #byKind = new Map<OperationKind, readonly Check[]>();

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
    this.final = rules.flatMap((rule) => {
      const run = rule.checks.migration;
      return run === undefined ? [] : [{ rule, run }];
    });
  }

  of({ kind }: Operation): readonly Check[] {
    const known = this.#byKind.get(kind);
    if (known !== undefined) return known;
    const own: Check[] = [];
    const everywhere: Check[] = [];
    for (const rule of this.#rules) {
      const { [kind]: run, operation } = rule.checks;
      if (run !== undefined) own.push({ rule, run });
      if (operation !== undefined && rule.kinds?.includes(kind) !== false) {
        everywhere.push({ rule, run: operation });
      }
    }
    const checks = [...own, ...everywhere];
    this.#byKind.set(kind, checks);
    return checks;
  }
}

/** Runs checks one after the other; one that throws keeps no other from running. */
export function runEach<One extends { readonly rule: Rule }>(
  checks: readonly One[],
  run: (check: One) => void,
  crashed: (rule: Rule, error: unknown) => void,
): void {
  for (const check of checks) {
    try {
      run(check);
    } catch (error) {
      crashed(check.rule, error);
    }
  }
}
