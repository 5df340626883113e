import type { Span } from "../../core/span.ts";

/**
 * What a Python expression stands for, as far as its text tells. Nothing was executed; what the text
 * does not tell is `unknown`. Every value knows where it is written, in the file that was read.
 */
export type PythonValue =
  | PythonNone
  | PythonBoolean
  | PythonInteger
  | PythonFloat
  | PythonString
  | PythonBytes
  | PythonSequence
  | PythonDict
  | PythonCall
  | PythonName
  | PythonOperator
  | PythonLambda
  | PythonPath
  | PythonUnknown;

interface Placed {
  /** Where it is written. */
  readonly span: Span;
}

export interface PythonNone extends Placed {
  readonly kind: "none";
}

export interface PythonBoolean extends Placed {
  readonly kind: "boolean";
  readonly value: boolean;
}

export interface PythonInteger extends Placed {
  readonly kind: "integer";
  readonly value: bigint;
}

export interface PythonFloat extends Placed {
  readonly kind: "float";
  readonly value: number;
}

/** Text; `segments` tell where its characters are written, absent when it was computed. */
export interface PythonString extends Placed {
  readonly kind: "string";
  readonly value: string;
  readonly segments?: readonly StringSegment[];
}

/** From character `at` of the string on, until the next segment, the text is written from `start` on. */
export interface StringSegment {
  readonly at: number;
  readonly start: number;
}

/** A bytes literal, one character for each byte. */
export interface PythonBytes extends Placed {
  readonly kind: "bytes";
  readonly value: string;
}

export interface PythonSequence extends Placed {
  readonly kind: "list" | "tuple" | "set";
  readonly items: readonly PythonValue[];
}

export interface PythonDict extends Placed {
  readonly kind: "dict";
  readonly entries: readonly PythonEntry[];
}

export interface PythonEntry {
  readonly key: PythonValue;
  readonly value: PythonValue;
}

/** A call of something that is not evaluated here: a field, an operation, a Q object. */
export interface PythonCall extends Placed {
  readonly kind: "call";
  /** What is called, in full: `django.db.models.CharField`; the bare name where `local`. */
  readonly callee: string;
  /** It is defined in this very file. */
  readonly local: boolean;
  readonly args: readonly PythonValue[];
  readonly keywords: ReadonlyMap<string, PythonValue>;
  /** Whether these are all arguments: false after `*` or `**` of something unknown. */
  readonly complete: boolean;
  /** The class of this file that is called; `callee` is the class that it extends. */
  readonly subclass?: string;
}

/** Something that has a name and no value here: a class, a function, a module. */
export interface PythonName extends Placed {
  readonly kind: "name";
  /** In full: `uuid.uuid4`; the bare name where `local`. */
  readonly name: string;
  /** A class or function that is defined in this very file. */
  readonly local: boolean;
  /** What a function of this file returns when it is called without arguments, where that is known. */
  readonly returns?: PythonValue;
}

/** Operators between things that are not numbers or text: `Q(…) & ~Q(…)`, `F("a") + 1`. */
export interface PythonOperator extends Placed {
  readonly kind: "operator";
  readonly operator: string;
  readonly operands: readonly PythonValue[];
}

export interface PythonLambda extends Placed {
  readonly kind: "lambda";
}

/** A file of the repository, by its path from the root: `Path(__file__).parent / "a.sql"`. */
export interface PythonPath extends Placed {
  readonly kind: "path";
  readonly path: string;
}

/** What cannot be known without running the program. */
export interface PythonUnknown extends Placed {
  readonly kind: "unknown";
  /** Why, as the end of a sentence that begins with "not known:". */
  readonly reason: string;
}

/** The last part of a dotted name. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** The items of a list, tuple or set; undefined for anything else. */
export function itemsOf(value: PythonValue | undefined): readonly PythonValue[] | undefined {
  if (value === undefined) return undefined;
  return value.kind === "list" || value.kind === "tuple" || value.kind === "set"
    ? value.items
    : undefined;
}

/** The text of a string; undefined for anything else. */
export function textOf(value: PythonValue | undefined): string | undefined {
  return value?.kind === "string" ? value.value : undefined;
}
