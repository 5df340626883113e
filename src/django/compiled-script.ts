import type { SyntaxNodeRef, Tree } from "@lezer/common";
import type { Execution, MigrationScript, Origin, WrittenOperation } from "../core/migration.ts";
import type { RunCode } from "../core/operations/framework.ts";
import type { Span } from "../core/span.ts";
import type { Comment, Statement } from "../core/statement.ts";
import { lastPart, type PythonValue, type StringSegment } from "./python/value.ts";
import type { MigrationFile } from "./project/migration-files.ts";

/** What one direction of a migration does, in order: what is sent in one string, or a step that runs code. */
export type CompiledPiece =
  | {
      readonly sql: string;
      /** The operation in the file. */
      readonly span: Span;
      /** Where the characters of the SQL stand in the file, when it is written there. */
      readonly segments?: readonly StringSegment[];
    }
  | { readonly step: Omit<RunCode, "span">; readonly span: Span };

export interface CompiledDirection {
  readonly pieces: readonly CompiledPiece[];
  readonly unknowns: readonly { readonly span: Span; readonly reason: string }[];
}

const SEPARATOR = ";\n";

/** One direction of a migration as a script: its SQL, and where each stretch of it comes from. */
export function compiledScript(
  file: MigrationFile,
  { pieces, unknowns }: CompiledDirection,
): MigrationScript {
  let text = "";
  const statementSpans: Span[] = [];
  const origins: Origin[] = [];
  const steps: Statement[] = [];
  for (const piece of pieces) {
    const start = text.length;
    if ("step" in piece) {
      text += `-- ${piece.step.step}\n`;
      const span = { start, end: text.length - 1 };
      origins.push({ sql: span, source: piece.span });
      const operation: RunCode = { ...piece.step, span };
      steps.push({ span, kind: piece.step.step, operations: [operation], isStep: true });
      continue;
    }
    text += piece.sql;
    const span = { start, end: text.length };
    statementSpans.push(span);
    origins.push(...originsOf(span, piece));
    text += SEPARATOR;
  }
  return {
    path: file.path,
    text,
    span: { start: 0, end: text.length },
    execution: executionOf(file),
    statementSpans,
    compiled: {
      text: file.text,
      operations: writtenOperations(file.syntax.operations),
      comments: commentsOf(file.syntax.module.tree, file.text),
      origins,
      steps,
      unknowns,
    },
  };
}

/** Django opens a transaction unless the class says `atomic = False`, and sends each statement by itself. */
function executionOf({ syntax }: MigrationFile): Execution {
  return { transaction: syntax.atomic, sends: "statements" };
}

function originsOf(
  sql: Span,
  { span, segments }: { readonly span: Span; readonly segments?: readonly StringSegment[] },
): Origin[] {
  if (segments === undefined || segments.length === 0) return [{ sql, source: span }];
  return segments.map(({ at, start }, index): Origin => {
    const end = segments[index + 1]?.at ?? sql.end - sql.start;
    return {
      sql: { start: sql.start + at, end: sql.start + end },
      source: { start, end: start + (end - at) },
      verbatim: true,
    };
  });
}

function writtenOperations(operations: readonly PythonValue[]): WrittenOperation[] {
  return operations.map((value) => ({
    name: value.kind === "call" ? lastPart(value.callee) : "operation",
    span: value.span,
  }));
}

/** The comments of a Python file. */
function commentsOf(tree: Tree, text: string): Comment[] {
  const comments: Comment[] = [];
  tree.iterate({
    enter({ name, from, to }: SyntaxNodeRef) {
      if (name !== "Comment") return;
      const line = text.lastIndexOf("\n", from - 1) + 1;
      comments.push({
        span: { start: from, end: to },
        text: text.slice(from, to).replace(/^#+/, "").trim(),
        trailing: text.slice(line, from).trim() !== "",
      });
    },
  });
  return comments;
}
