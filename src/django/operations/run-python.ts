import type { PythonValue } from "../python/value.ts";
import type { SchemaStep } from "../run-python/schema-code.ts";
import { applySql } from "../schema/catalog-sql.ts";
import type { SchemaEditor } from "../schema/schema-editor.ts";
import { renameTable } from "../schema/tables.ts";
import type { Arguments, Operation } from "./operation.ts";

/** What the function that a value names does to the schema. */
export type SchemaSteps = (code: PythonValue | undefined) => readonly SchemaStep[];

/** RunPython is never run: of what it sends, only what changes the schema for certain is known. */
export function runPython(args: Arguments, stepsOf: SchemaSteps = () => []): Operation {
  const [code, reverse] = [args.get("code"), args.get("reverse_code")];
  const isIrreversible = reverse === undefined || reverse.kind === "none";
  return {
    change: (state) => state,
    forwards: ({ editor }) => send(stepsOf(code), editor),
    backwards: ({ editor }) => send(stepsOf(reverse), editor),
    ...(isIrreversible && { irreversible: "RunPython has no reverse_code" }),
  };
}

function send(steps: readonly SchemaStep[], editor: SchemaEditor): void {
  editor.ofCode(() => {
    for (const step of steps) {
      switch (step.kind) {
        case "sql":
          editor.execute(step.sql.value, step.sql.segments);
          applySql(editor.catalog, step.sql.value);
          break;
        case "rename-table":
          renameTable(step.from, step.to, editor);
          break;
        case "unknown":
          editor.note("not-compiled", step.reason, step.span);
          break;
      }
    }
  });
}
