import type { Span } from "../../core/span.ts";
import { itemsOf, lastPart, type PythonCall, type PythonValue, textOf } from "../python/value.ts";
import { Uncompilable } from "./uncompilable.ts";

/** An index of `Meta.indexes`. */
export interface IndexState {
  /** The class: `Index`, `GinIndex`. */
  readonly type: string;
  readonly name: string;
  /** Names of fields, those in descending order with a `-` before. */
  readonly fields: readonly string[];
  readonly expressions: readonly PythonValue[];
  readonly condition: PythonValue | undefined;
  readonly opclasses: readonly string[];
  readonly include: readonly string[];
  readonly tablespace: string | undefined;
  /** All its arguments, for the storage parameters of its class. */
  readonly args: ReadonlyMap<string, PythonValue>;
  readonly span: Span;
}

/** Reads an index from the call that makes it. */
export function readIndex(value: PythonValue | undefined): IndexState {
  if (value?.kind !== "call") throw new Uncompilable("what the index is", value?.span);
  const { keywords } = value;
  return {
    type: lastPart(value.callee),
    name: textOf(keywords.get("name")) ?? "",
    fields: namesOf(keywords.get("fields")),
    expressions: value.args,
    condition: given(keywords.get("condition")),
    opclasses: namesOf(keywords.get("opclasses")),
    include: namesOf(keywords.get("include")),
    tablespace: textOf(keywords.get("db_tablespace")),
    args: keywords,
    span: value.span,
  };
}

/** A constraint of `Meta.constraints`. */
export interface ConstraintState {
  readonly type: "check" | "unique" | "exclusion" | "unknown";
  readonly name: string;
  readonly call: PythonCall;
  readonly span: Span;
}

const CONSTRAINTS: Readonly<Record<string, ConstraintState["type"]>> = {
  CheckConstraint: "check",
  UniqueConstraint: "unique",
  ExclusionConstraint: "exclusion",
};

/** Reads a constraint from the call that makes it. */
export function readConstraint(value: PythonValue | undefined): ConstraintState {
  if (value?.kind !== "call") throw new Uncompilable("what the constraint is", value?.span);
  return {
    type: CONSTRAINTS[lastPart(value.callee)] ?? "unknown",
    name: textOf(value.keywords.get("name")) ?? "",
    call: value,
    span: value.span,
  };
}

/** A list of names; nothing where there is none. */
export function namesOf(value: PythonValue | undefined): readonly string[] {
  const items = itemsOf(value) ?? [];
  return items.map((item) => {
    if (item.kind !== "string") throw new Uncompilable("a name in the list", item.span);
    return item.value;
  });
}

/** The value, unless it is None. */
export function given(value: PythonValue | undefined): PythonValue | undefined {
  return value?.kind === "none" ? undefined : value;
}
