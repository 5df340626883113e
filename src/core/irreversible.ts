/**
 * Whether a script says in a comment that it cannot be undone, and why:
 * `-- migrate-verify: irreversible REASON`, on a line of its own.
 */
export function isIrreversible(text: string): boolean {
  return /^\s*(?:--|\/\*)\s*migrate-verify:\s*irreversible[ \t]+[^\s*]/m.test(text);
}
