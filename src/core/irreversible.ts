/**
 * Whether a script says in a comment that it cannot be undone, and why:
 * `-- migrate-verify: irreversible REASON`.
 */
export function isIrreversible(text: string): boolean {
  return /^\s*(?:--|\/\*)\s*migrate-verify:\s*irreversible\s+\S/m.test(text);
}
