import { TRAITS, type Trait } from "./checklist.ts";
import type { Finding } from "./finding.ts";
import type { ReviewedMigration } from "./review.ts";
import type { RuleCategory } from "./rule.ts";

/** Categories of findings that make a trait, and whose tables it is about. */
export const TRAIT_CATEGORIES: Readonly<Partial<Record<string, readonly RuleCategory[]>>> = {
  destructive: ["data-loss"],
  blocking: ["blocking-lock", "table-rewrite"],
  breaking: ["breaks-running-code"],
};

export interface TraitOptions {
  readonly categoryOf: (rule: string) => RuleCategory | undefined;
  /**
   * Whether to ask for a person's word: then what a comment in the file keeps out of the findings
   * counts as well, and a down that was not run is one that brings nothing back.
   */
  readonly strict: boolean;
}

/** Whether a condition of the checklist, a trait or a rule's id, holds for a migration. */
export function hasTrait(
  migration: ReviewedMigration,
  condition: string,
  options: TraitOptions,
): boolean {
  const findings = findingsOf(migration, options);
  if (!isTrait(condition)) return findings.some(({ rule }) => rule === condition);
  switch (condition) {
    case "always":
      return true;
    case "never":
      return false;
    case "schema":
    case "data":
      return [condition, "schema-and-data", "unknown"].includes(migration.class);
    case "destructive":
      return migration.destructive;
    case "one-way":
      return isOneWay(migration, options.strict);
    case "blocking":
    case "breaking": {
      const categories = TRAIT_CATEGORIES[condition] ?? [];
      return findings.some(({ rule }) => isOf(options.categoryOf(rule), categories));
    }
  }
}

/** The tables that a condition is about, each once. */
export function tablesOf(
  migration: ReviewedMigration,
  condition: string,
  options: TraitOptions,
): readonly string[] {
  const categories = TRAIT_CATEGORIES[condition];
  const about = findingsOf(migration, options).filter(({ rule }) =>
    categories === undefined ? rule === condition : isOf(options.categoryOf(rule), categories),
  );
  return [...new Set(about.flatMap(({ table }) => table ?? []))];
}

export function isTrait(condition: string): condition is Trait {
  return TRAITS.some((trait) => trait === condition);
}

function findingsOf(
  { findings, suppressed }: ReviewedMigration,
  { strict }: TraitOptions,
): readonly Finding[] {
  return strict ? [...findings, ...suppressed.map(({ finding }) => finding)] : findings;
}

function isOf(category: RuleCategory | undefined, categories: readonly RuleCategory[]): boolean {
  return category !== undefined && categories.includes(category);
}

function isOneWay({ verification, class: kind }: ReviewedMigration, strict: boolean): boolean {
  if (verification === undefined) return strict && kind !== "nothing";
  const { verdict } = verification.down;
  return verdict !== "exact" && verdict !== "cosmetic";
}
