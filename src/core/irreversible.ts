const DECLARATION =
  /^\s*(?:--|\/\*)\s*migrate-verify:\s*irreversible[:,]?[ \t]+(?:-+[ \t]+)?([^\s*-].*?)[ \t]*(?:\*\/|$)/m;

/**
 * Why a script says in a comment that it cannot be undone:
 * `-- migrate-verify: irreversible REASON`, on a line of its own. Undefined where it says no such
 * thing, or gives no reason.
 */
export function irreversibleReason(text: string): string | undefined {
  return DECLARATION.exec(text)?.[1];
}

/** Whether a script says in a comment that it cannot be undone, and why. */
export function isIrreversible(text: string): boolean {
  return irreversibleReason(text) !== undefined;
}
