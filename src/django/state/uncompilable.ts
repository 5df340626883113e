import type { Span } from "../../core/span.ts";

/**
 * Thrown where a migration cannot be compiled. It never leaves the compiler: the operation in which
 * it was thrown gets a note, and the next one is compiled.
 */
export class Uncompilable extends Error {
  readonly span: Span | undefined;

  /** `reason` ends a sentence that begins with "not known:" or "not compiled:". */
  constructor(reason: string, span?: Span) {
    super(reason);
    this.span = span;
  }
}

/** Thrown where Django itself would stop with an error. */
export class Refusal extends Uncompilable {}
