import type { Span } from "../../core/span.ts";
import { Uncompilable } from "../state/uncompilable.ts";
import type { SchemaEditor } from "./schema-editor.ts";

/** Builds a part of an operation; where it cannot be built, a note says so and the rest goes on. */
export function attempt<Part>(
  editor: SchemaEditor,
  span: Span,
  build: () => Part,
): Part | undefined {
  try {
    return build();
  } catch (error) {
    if (!(error instanceof Uncompilable)) throw error;
    editor.note("unknown-expression", error.message, error.span ?? span);
    return undefined;
  }
}
