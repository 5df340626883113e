import type { Operation } from "./operation.ts";
import type { LineTable, Place, Span } from "./span.ts";

/** One SQL statement with its place in the source. */
export interface Statement {
  /** From its first token to its last; leading comments and the closing semicolon are outside. */
  readonly span: Span;
  /** PostgreSQL's name of the statement's node, for example `AlterTableStmt`. */
  readonly kind: string;
  readonly operations: readonly Operation[];
  /** It is no SQL but a step of the framework's that stands between the statements: nothing is sent for it. */
  readonly isStep?: true;
}

export interface Comment {
  readonly span: Span;
  /** Without the comment marks, trimmed. */
  readonly text: string;
  /** Something other than white space stands before it on its first line. */
  readonly trailing: boolean;
}

/** Why a stretch was not handed to the grammar, or not read although the grammar accepts it. */
export type UnreadCause = "too-large" | "nul-character" | "too-deep" | "psql-command" | "copy-data";

/** A stretch of a script that the grammar did not accept. */
export interface Unparsed {
  /** Where the grammar stopped. */
  readonly span: Span;
  /** The statement around it, from the fallback splitter. */
  readonly statement: Span;
  readonly message: string;
  /** Absent where the grammar refused it. */
  readonly cause?: UnreadCause;
}

/** A script that was read: statements in order, and all that was not understood. */
export interface Script {
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
  readonly unparsed: readonly Unparsed[];
  /** Comments of the file that stand outside of this script: before the first mark, or in its other half. */
  readonly outside: readonly Comment[];
  readonly lines: LineTable;
  /** Present where the script was compiled: the file that the author wrote. */
  readonly written?: WrittenScript;
}

/** A script as its author wrote it, in another language than SQL. Its spans are places in its own text. */
export interface WrittenScript extends Omit<Script, "written"> {
  /** Where a stretch of the compiled SQL comes from. */
  readonly originOf: (span: Span) => Span;
}

/** Where a stretch of a script stands in the file that its author wrote. */
export function placeIn(script: Script, span: Span): Place {
  const { written } = script;
  return written === undefined
    ? script.lines.place(span)
    : written.lines.place(written.originOf(span));
}

/** The text of the statement in which a stretch begins; undefined where it begins in none. */
export function statementAround(script: Script, { start }: Span): string | undefined {
  const statement = script.statements.find(
    ({ span, isStep }) => isStep !== true && span.start <= start && start < span.end,
  );
  return statement && statementText(script, statement);
}

/** The author's text of a statement. */
export function statementText(script: Script, statement: { readonly span: Span }): string {
  return script.text.slice(statement.span.start, statement.span.end);
}
