import type { FixOffer, FixProposal } from "./fix.ts";
import type { Rule } from "./rule.ts";
import type { RawFinding } from "./settlement.ts";

/** What proves the fixes of one script. */
export interface FixProof {
  /** Every finding of the migration as it is. */
  readonly found: readonly RawFinding[];
  readonly offer: (proposal: FixProposal) => FixOffer | undefined;
  /** Every finding of the migration, and of those that follow it, as a fix leaves them. */
  readonly lint: (offer: FixOffer) => readonly RawFinding[];
}

/**
 * Gives each finding its fix where there is one that holds: with it, the rule finds less, no other
 * rule finds more, and the migrations that it adds give none. Opt-in rules are a house's taste and
 * have no say over the fixes of others.
 */
export function withProvenFixes(raw: readonly RawFinding[], proof: FixProof): RawFinding[] {
  const before = countByRule(proof.found);
  return raw.map((finding) => {
    const { proposal } = finding;
    const offer = proposal === undefined ? undefined : proof.offer(proposal);
    if (offer === undefined) return finding;
    const after = countByRule(proof.lint(offer));
    const mends = (after.get(finding.rule) ?? 0) < (before.get(finding.rule) ?? 0);
    const harms = [...after].some(
      ([rule, count]) => rule.optIn !== true && count > (before.get(rule) ?? 0),
    );
    return mends && !harms ? { ...finding, fix: offer.fix } : finding;
  });
}

function countByRule(findings: readonly RawFinding[]): ReadonlyMap<Rule, number> {
  const counts = new Map<Rule, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}
