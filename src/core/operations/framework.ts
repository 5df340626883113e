import type { ObjectName } from "../name.ts";
import type { Span } from "../span.ts";
import type { OperationBase } from "./base.ts";

/**
 * A step of the framework's that runs the project's own code between the statements (Django's
 * RunPython). The code is read and never run; spans of its hazards are places in the file.
 */
export interface RunCode extends OperationBase {
  readonly kind: "run-code";
  /** What the framework calls the step: `RunPython`. */
  readonly step: string;
  /** Name of the function, where it has one. */
  readonly code?: string;
  /** What undoes it: nothing, a function that does nothing, or code. */
  readonly reverse: "missing" | "noop" | "code";
  readonly hazards: readonly CodeHazard[];
}

/** Something that the code of a step does, or how it is written. */
export interface CodeHazard {
  readonly kind:
    | "unread"
    | "model-import"
    | "setting"
    | "save-in-loop"
    | "unbatched-loop"
    | "whole-table-write"
    | "insert"
    | "delete"
    | "argument-names"
    | "variable-name";
  /** In the file. */
  readonly span: Span;
  /** What is meant, as written: a model, a module, a setting, a name. */
  readonly subject: string;
  /** The table that it is about, where that is known. */
  readonly table?: ObjectName;
}

export type FrameworkOperations = RunCode;
