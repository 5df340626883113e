import type { Span } from "../core/span.ts";
import type { OperationKind } from "../core/operation.ts";
import type { Script } from "../core/statement.ts";
import { transactionsOf } from "../core/transactions.ts";
import type { ScriptRun } from "./script-run.ts";
import { substitute, type Replacement } from "./substitution.ts";

/** One query string, and where its text stands in the file. */
export interface Query {
  readonly text: string;
  /** Absent for what the runner adds by itself: BEGIN, COMMIT. */
  readonly span?: Span;
  /** Indexes of the script's statements that it holds. */
  readonly statements: readonly number[];
  /** Offset in the file of an offset into `text`, both in UTF-16 units. */
  readonly sourceOffset?: (offset: number) => number;
}

/** A script as its runner sends it. */
export interface ScriptPlan {
  readonly run: ScriptRun;
  readonly queries: readonly Query[];
  /** All of it is one transaction: after an error nothing of it stays. */
  readonly atomic: boolean;
}

/** Statements that are left out, by their index. */
export type LeftOut = ReadonlySet<number>;

/**
 * The query strings of a script under review: one for each statement wherever that is the same as
 * what the runner does, so that each can be timed and watched.
 */
export function planStatements(run: ScriptRun, leftOut: LeftOut): ScriptPlan {
  const units = canBeSplit(run) ? unitsOf(run) : [piecesOf(run.script)];
  return plan(run, units, leftOut, opensTransaction(run, canBeSplit(run)));
}

/** The same in as few query strings as can be: for history, of which only the outcome counts. */
export function planScript(run: ScriptRun, leftOut: LeftOut): ScriptPlan {
  const units = canBeJoined(run) ? [piecesOf(run.script)] : unitsOf(run);
  return plan(run, units, leftOut, run.source.execution.transaction);
}

function plan(
  run: ScriptRun,
  units: readonly (readonly Piece[])[],
  leftOut: LeftOut,
  begin: boolean,
): ScriptPlan {
  const queries = units
    .filter((unit) => unit.some((piece) => !isLeftOut(piece, leftOut)))
    .map((unit) => query(run, unit, leftOut));
  const added = (text: string): readonly Query[] => (begin ? [{ text, statements: [] }] : []);
  return {
    run,
    queries: [...added("BEGIN"), ...queries, ...added("COMMIT")],
    atomic: isOneTransaction(run),
  };
}

interface Piece {
  readonly span: Span;
  /** Absent for what the grammar did not accept. */
  readonly statement?: number;
}

/** Statements, and what was not understood as one, in the order of the file. */
function piecesOf(script: Script): Piece[] {
  return [
    ...script.statements.map(({ span }, statement) => ({ span, statement })),
    ...script.unparsed.map(({ statement }) => ({ span: statement })),
  ].toSorted((a, b) => a.span.start - b.span.start);
}

/** What a runner that sends statements sends in one string: a statement, or what its own marks hold together. */
function unitsOf({ source, script }: ScriptRun): Piece[][] {
  const pieces = piecesOf(script);
  const { statementSpans } = source;
  if (statementSpans === undefined) return pieces.map((piece) => [piece]);
  return statementSpans
    .map(({ start, end }) => pieces.filter(({ span }) => span.start >= start && span.start < end))
    .filter((unit) => unit.length > 0);
}

/**
 * One statement at a time is the same as the runner's way. It is not when a transaction begins or
 * ends in the middle of one string, nor when a string is refused as a whole for its grammar.
 */
function canBeSplit({ source, script }: ScriptRun): boolean {
  if (source.execution.sends === "statements") return true;
  if (script.unparsed.length > 0) return false;
  const controls = script.statements.map(({ operations }) =>
    TRANSACTION_CONTROL.get(operations[0]?.kind),
  );
  const isBlock = controls[0] === "begin" && controls.at(-1) === "end";
  const inside = isBlock ? controls.slice(1, -1) : controls;
  const savepoints = isBlock || source.execution.transaction;
  return inside.every(
    (control) => control === undefined || (control === "savepoint" && savepoints),
  );
}

/** All in one string is the same as the runner's way: nothing ends the transaction before its end. */
function canBeJoined(run: ScriptRun): boolean {
  return run.source.execution.sends === "script" || isOneTransaction(run);
}

function opensTransaction({ source, script }: ScriptRun, split: boolean): boolean {
  const { transaction, sends } = source.execution;
  if (transaction) return true;
  // Several statements in one string are a transaction, unless they bring their own.
  const pieces = script.statements.length + script.unparsed.length;
  return (
    split &&
    sends === "script" &&
    pieces > 1 &&
    TRANSACTION_CONTROL.get(script.statements[0]?.operations[0]?.kind) === undefined
  );
}

const TRANSACTION_CONTROL: ReadonlyMap<OperationKind | undefined, "begin" | "end" | "savepoint"> =
  new Map([
    ["begin", "begin"],
    ["commit", "end"],
    ["rollback", "end"],
    ["prepare-transaction", "end"],
    ["savepoint", "savepoint"],
    ["release-savepoint", "savepoint"],
    ["rollback-to-savepoint", "savepoint"],
  ]);

function isOneTransaction({ source, script }: ScriptRun): boolean {
  const transactions = transactionsOf(script.statements, source.execution);
  const [first] = transactions;
  if (transactions.length < 2 && first === undefined) return script.unparsed.length === 0;
  return transactions.every((one) => one !== undefined && one.id === first?.id);
}

function isLeftOut({ statement }: Piece, leftOut: LeftOut): boolean {
  return statement !== undefined && leftOut.has(statement);
}

function query(run: ScriptRun, pieces: readonly Piece[], leftOut: LeftOut): Query {
  const span = { start: pieces[0]?.span.start ?? 0, end: pieces.at(-1)?.span.end ?? 0 };
  const replacements = [
    ...(run.source.substitutions ?? []),
    // Something has to stand there: how many statements a string holds decides about its transaction.
    ...pieces
      .filter((piece) => isLeftOut(piece, leftOut))
      .map((piece): Replacement => ({ span: piece.span, text: "SELECT" })),
  ]
    .filter((one) => one.span.start >= span.start && one.span.end <= span.end)
    .toSorted((a, b) => a.span.start - b.span.start);
  return {
    span,
    statements: pieces.flatMap(({ statement }) => statement ?? []),
    ...substitute(run.source.text, span, replacements),
  };
}
