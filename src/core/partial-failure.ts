import type { SchemaChange, StepResult } from "./verification.ts";

/** What can be done when a migration that is not one transaction stops half way. */
export interface PartialFailure {
  /** 1-based, of the statement after which it stopped, or within which it was ended. */
  readonly line: number;
  /** `within`: a statement with CONCURRENTLY was ended in the middle, and left behind what it had begun. */
  readonly stopped: "after" | "within";
  /** Running up again, from its beginning. */
  readonly upAgain: PartialStep;
  /** Running down instead; absent where there is none to run. */
  readonly down?: PartialStep;
}

/** `difference`: to the schema after a whole up, or before it; failed with one means that it ran and did not mend. */
export interface PartialStep extends StepResult {
  readonly difference: readonly SchemaChange[];
}
