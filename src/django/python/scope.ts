import type { SyntaxNode } from "@lezer/common";
import type { PythonValue } from "./value.ts";

/** The names of a block of Python: a module, a class body, a function's body. */
export class Scope {
  readonly parent: Scope | undefined;
  names: Map<string, PythonValue> = new Map();
  functions: Map<string, SyntaxNode> = new Map();

  constructor(parent?: Scope) {
    this.parent = parent;
  }

  get(name: string): PythonValue | undefined {
    return this.names.get(name) ?? this.parent?.get(name);
  }

  set(name: string, value: PythonValue): void {
    this.names.set(name, value);
  }

  functionNamed(name: string): SyntaxNode | undefined {
    return this.functions.get(name) ?? this.parent?.functionNamed(name);
  }
}
