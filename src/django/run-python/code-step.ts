import type { RunCode } from "../../core/operations/framework.ts";
import type { Span } from "../../core/span.ts";
import type { MigrationFile } from "../project/migration-files.ts";
import { itemsOf, lastPart, type PythonCall, type PythonValue } from "../python/value.ts";
import { readCode, type TableOf } from "./read-code.ts";

/** A RunPython of a migration, as a step of one direction. */
export interface CodeStep {
  /** Index of the operation that it is, or stands in. */
  readonly index: number;
  readonly span: Span;
  readonly step: Omit<RunCode, "span">;
}

/** The code that a migration runs in one direction, in the order of its operations. Nothing of it is run here. */
export function codeSteps(
  { syntax }: MigrationFile,
  direction: "up" | "down",
  tableOf: TableOf,
): CodeStep[] {
  return syntax.operations.flatMap((value, index) =>
    runPythonsIn(value).flatMap((call) => stepOf(call, index, direction) ?? []),
  );

  function stepOf(call: PythonCall, index: number, way: "up" | "down"): CodeStep | undefined {
    const forwards = argument(call, "code", 0);
    const reverse = argument(call, "reverse_code", 1);
    const code = way === "up" ? forwards : reverse;
    if (code === undefined || isNoop(code)) return undefined;
    const name = code.kind === "name" ? lastPart(code.name) : undefined;
    return {
      index,
      span: call.span,
      step: {
        kind: "run-code",
        step: "RunPython",
        ...(name === undefined ? {} : { code: name }),
        reverse: reverseOf(reverse),
        hazards: readCode(code, call.span, syntax.module, tableOf),
      },
    };
  }
}

/** RunPython by itself, or among the operations that SeparateDatabaseAndState sends. */
function runPythonsIn(value: PythonValue): PythonCall[] {
  if (value.kind !== "call" || !value.callee.startsWith("django.")) return [];
  switch (lastPart(value.callee)) {
    case "RunPython":
      return [value];
    case "SeparateDatabaseAndState":
      return (itemsOf(argument(value, "database_operations", 0)) ?? []).flatMap(runPythonsIn);
    default:
      return [];
  }
}

function argument(call: PythonCall, name: string, position: number): PythonValue | undefined {
  return call.keywords.get(name) ?? call.args[position];
}

/** `migrations.RunPython.noop` */
function isNoop(code: PythonValue): boolean {
  return code.kind === "name" && lastPart(code.name) === "noop";
}

function reverseOf(reverse: PythonValue | undefined): RunCode["reverse"] {
  if (reverse === undefined || reverse.kind === "none") return "missing";
  return isNoop(reverse) ? "noop" : "code";
}
