/** A rule that threw: a bug of ours, or of a module of the project's own, told with the place at which it happened. */
export interface RuleCrash {
  readonly rule: string;
  /** Path of the module that the rule comes from, where it is none of ours. */
  readonly module?: string;
  readonly path: string;
  readonly line: number;
  readonly error: unknown;
}
