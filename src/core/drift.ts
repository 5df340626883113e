/**
 * Whether the schema that a project's migrations build is the one that its models say, for example
 * Prisma's `schema.prisma`.
 */
export interface Drift {
  /** The files that hold the models. */
  readonly paths: readonly string[];
  /** The SQL that leads from what the migrations build to what the models say; empty: they agree. */
  readonly sql: string;
  /** What of `sql` was missing on the base branch already, before the change; absent: nothing that is known of. */
  readonly older?: string;
  /** Why it could not be told; `sql` is empty then. Untrusted. */
  readonly reason?: string;
}

/** Whether models and migrations differ by more than they did before the change. */
export function isNewDrift({ sql, older }: Drift): boolean {
  return sql !== "" && sql !== older;
}
