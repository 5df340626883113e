import type { SyntaxNode } from "@lezer/common";
import type { ModulePlace } from "./imports.ts";
import type { Scope } from "./scope.ts";
import type { PythonUnknown, PythonValue } from "./value.ts";

/** What is known around a file. Nothing of it runs anything. */
export interface Surroundings {
  /** Path of the file from the repository's root, with `/`. */
  readonly path: string;
  readonly module: ModulePlace;
  /** `[5, 2]`; absent when the project does not tell. */
  readonly djangoVersion?: readonly number[];
  /** The text of another file of the repository by its path. */
  readonly readFile?: (path: string) => string | undefined;
  /** The value of a module-level name of another module of the repository. */
  readonly constant?: (module: string, name: string) => PythonValue | undefined;
  /** The value of a Django setting. */
  readonly setting?: (name: string) => PythonValue | undefined;
}

/** Evaluates the expressions of one file in one scope. */
export interface Evaluator {
  readonly text: string;
  readonly surroundings: Surroundings;
  readonly scope: Scope;
  evaluate(node: SyntaxNode): PythonValue;
  /** The same evaluator with another scope. */
  within(scope: Scope): Evaluator;
  /** Evaluates a call of a function that is defined in this file; undefined if there is none. */
  callFunction(name: string, call: LocalCall): PythonValue | undefined;
  unknown(node: SyntaxNode, reason: string): PythonUnknown;
}

export interface LocalCall {
  readonly node: SyntaxNode;
  readonly args: readonly PythonValue[];
  readonly keywords: ReadonlyMap<string, PythonValue>;
}
