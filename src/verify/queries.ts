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

/** Statements that are left out, by their index, with what is sent instead. */
export type LeftOut = ReadonlyMap<number, string>;

/** What is sent instead of a statement where something has to be; alone, it is not sent. */
export const NOTHING = "SELECT";

/**
 * The query strings of a script under review: one for each statement wherever that is the same as
 * what the runner does, so that each can be timed and watched.
 */
export function planStatements(run: ScriptRun, leftOut: LeftOut): ScriptPlan {
  return plan(
    run,
    unitsOf(run).flatMap((unit) =>
      canBeSplit(run, unit) ? split(run, unit, leftOut) : query(run, unit, leftOut),
    ),
  );
}

/** The same in as few query strings as can be: for history, of which only the outcome counts. */
export function planScript(run: ScriptRun, leftOut: LeftOut): ScriptPlan {
  const units = isOneTransaction(run) ? [piecesOf(run.script)] : unitsOf(run);
  return plan(
    run,
    units.flatMap((unit) => query(run, unit, leftOut)),
  );
}

function plan(run: ScriptRun, queries: readonly Query[]): ScriptPlan {
  const { transaction } = run.source.execution;
  return {
    run,
    queries: transaction ? inTransaction(queries) : queries,
    atomic: isOneTransaction(run),
  };
}

function inTransaction(queries: readonly Query[]): Query[] {
  return [{ text: "BEGIN", statements: [] }, ...queries, { text: "COMMIT", statements: [] }];
}

interface Piece {
  readonly span: Span;
  /** Absent for what the grammar did not accept. */
  readonly statement?: number;
}

/** Statements, and what was not understood as one, in the order of the file. */
function piecesOf(script: Script): Piece[] {
  return [
    ...script.statements.flatMap(({ span, isStep }, statement) =>
      isStep === true ? [] : [{ span, statement }],
    ),
    ...script.unparsed.map(({ statement }) => ({ span: statement })),
  ].toSorted((a, b) => a.span.start - b.span.start);
}

/** What the runner sends in one string: all, what its own marks hold together, or a statement. */
function unitsOf({ source, script }: ScriptRun): Piece[][] {
  const pieces = piecesOf(script);
  const { execution, statementSpans } = source;
  if (execution.sends === "script") return [pieces];
  if (statementSpans === undefined) return pieces.map((piece) => [piece]);
  return statementSpans.map(({ start, end }) =>
    pieces.filter(({ span }) => span.start >= start && span.start < end),
  );
}

/**
 * One statement at a time is the same as one string. It is not when a transaction begins or ends in
 * the middle of the string, nor when the string is refused as a whole for its grammar.
 */
function canBeSplit(run: ScriptRun, unit: readonly Piece[]): boolean {
  if (unit.length < 2) return true;
  if (unit.some(({ statement }) => statement === undefined)) return false;
  const controls = unit.map((piece) => controlOf(run, piece));
  const isBlock = isOwnBlock(run, unit);
  const inside = isBlock ? controls.slice(1, -1) : controls;
  const savepoints = isBlock || run.source.execution.transaction;
  return inside.every(
    (control) => control === undefined || (control === "savepoint" && savepoints),
  );
}

/** One query for each statement, in the transaction that PostgreSQL makes of several in one string. */
function split(run: ScriptRun, unit: readonly Piece[], leftOut: LeftOut): Query[] {
  const queries = unit.flatMap((piece) => query(run, [piece], leftOut));
  const implicit = unit.length > 1 && !run.source.execution.transaction && !isOwnBlock(run, unit);
  return implicit ? inTransaction(queries) : queries;
}

/** A string that brings its own transaction, from BEGIN to COMMIT. */
function isOwnBlock(run: ScriptRun, unit: readonly Piece[]): boolean {
  const [first] = unit;
  const last = unit.at(-1);
  return (
    first !== undefined &&
    last !== undefined &&
    controlOf(run, first) === "begin" &&
    controlOf(run, last) === "end"
  );
}

function controlOf(
  { script }: ScriptRun,
  { statement }: Piece,
): "begin" | "end" | "savepoint" | undefined {
  if (statement === undefined) return undefined;
  return TRANSACTION_CONTROL.get(script.statements[statement]?.operations[0]?.kind);
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
  const transactions = transactionsOf(script.statements, source);
  const [first] = transactions;
  if (transactions.length < 2 && first === undefined) return script.unparsed.length === 0;
  return transactions.every((one) => one !== undefined && one.id === first?.id);
}

function insteadOf({ statement }: Piece, leftOut: LeftOut): string | undefined {
  return statement === undefined ? undefined : leftOut.get(statement);
}

/** One string that holds all of a unit; none when nothing of it is to be sent. */
function query(run: ScriptRun, pieces: readonly Piece[], leftOut: LeftOut): Query[] {
  if (pieces.every((piece) => insteadOf(piece, leftOut) === NOTHING)) return [];
  const span = { start: pieces[0]?.span.start ?? 0, end: pieces.at(-1)?.span.end ?? 0 };
  const replacements = [
    ...(run.source.substitutions ?? []),
    // Something has to stand there: how many statements a string holds decides about its transaction.
    ...pieces.flatMap((piece): Replacement[] => {
      const text = insteadOf(piece, leftOut);
      return text === undefined ? [] : [{ span: piece.span, text }];
    }),
  ]
    .filter((one) => one.span.start >= span.start && one.span.end <= span.end)
    .toSorted((a, b) => a.span.start - b.span.start);
  const statements = pieces.flatMap(({ statement }) => statement ?? []);
  return [{ span, statements, ...substitute(run.source.text, span, replacements) }];
}
