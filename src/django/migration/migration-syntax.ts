import type { Span } from "../../core/span.ts";
import type { PythonModule } from "../python/module.ts";
import type { PythonUnknown, PythonValue } from "../python/value.ts";

/** A Django migration as its file states it. */
export interface MigrationSyntax {
  readonly module: PythonModule;
  /** The name of the class in the file. */
  readonly span: Span;
  readonly dependencies: readonly DependencySyntax[];
  readonly runBefore: readonly MigrationReference[];
  readonly replaces: readonly MigrationReference[];
  /** `initial`, as stated; undefined where it is not. */
  readonly initial: boolean | undefined;
  /** Whether Django opens a transaction around it; true where nothing is stated. */
  readonly atomic: boolean;
  /** The operations in order: calls, or what is not known. */
  readonly operations: readonly PythonValue[];
  /** What the class states and could not be read, except inside of operations. */
  readonly unknowns: readonly PythonUnknown[];
}

/** `("app", "0001_initial")`. */
export interface MigrationReference {
  readonly kind: "migration";
  readonly app: string;
  /** A migration's name, `__first__` or `__latest__`. */
  readonly name: string;
  readonly span: Span;
}

/** `migrations.swappable_dependency(settings.AUTH_USER_MODEL)`. */
export interface SwappableReference {
  readonly kind: "swappable";
  /** The setting, or the model (`app.Model`) where the file names one. */
  readonly setting: string;
  readonly span: Span;
}

export type DependencySyntax = MigrationReference | SwappableReference;
