import type { FixOffer, FixProposal } from "./fix.ts";
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
 * have no say.
 */
export function withProvenFixes(raw: readonly RawFinding[], proof: FixProof): RawFinding[] {
  const before = countByRule(proof.found);
  return raw.map((finding) => {
    const proposal = finding.options.fix;
    const offer = proposal === undefined ? undefined : proof.offer(proposal);
    if (offer === undefined) return finding;
    const after = countByRule(proof.lint(offer));
    const { id } = finding.rule;
    const mends = (after.get(id) ?? 0) < (before.get(id) ?? 0);
    const harms = [...after].some(([rule, count]) => count > (before.get(rule) ?? 0));
    return mends && !harms ? { ...finding, fix: offer.fix } : finding;
  });
}

function countByRule(findings: readonly RawFinding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of findings) {
    if (rule.optIn !== true) counts.set(rule.id, (counts.get(rule.id) ?? 0) + 1);
  }
  return counts;
}
