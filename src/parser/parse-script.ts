import type { Span } from "../core/span.ts";
import { LineTable } from "../core/span.ts";
import type { Comment, Script, Statement, Unparsed } from "../core/statement.ts";
import { readComments } from "./comments.ts";
import { loadGrammar, type Grammar } from "./grammar.ts";
import { SourcePassage, type Substitution } from "./passage.ts";
import { PassageReader } from "./passage-reader.ts";

/** A longer text is refused: the WASM's memory grows with it and never shrinks. In UTF-8 bytes. */
export const MAX_SCRIPT_BYTES = 2 * 1024 * 1024;

export interface ParseOptions {
  /** The part of the text to read; the whole text by default. */
  readonly span?: Span;
  /** The runner's own statements: each is read by itself, with or without a semicolon at its end. */
  readonly statementSpans?: readonly Span[];
  /** What the runner replaces before it sends the text. Spans in the result are those of the author's text. */
  readonly substitutions?: readonly Substitution[];
}

/** Reads SQL into statements and operations. Never throws for what the text holds. */
export interface Parser {
  parse(text: string, options?: ParseOptions): Script;
}

/** Loads PostgreSQL's grammar, once; the parser is synchronous from then on. */
export async function loadParser(): Promise<Parser> {
  const grammar = await loadGrammar();
  return { parse: (text, options = {}) => parseScript(grammar, text, options) };
}

function parseScript(grammar: Grammar, text: string, options: ParseOptions): Script {
  const whole = options.span ?? { start: 0, end: text.length };
  const start = whole.start === 0 && text.startsWith("\ufeff") ? 1 : whole.start;
  const span = { start, end: Math.max(start, whole.end) };
  const refused = refusal(text, span);
  if (refused !== undefined) return new ReadScript(text, span, [], [refused], [span]);
  const reader = new PassageReader(grammar);
  for (const part of options.statementSpans ?? [span]) {
    reader.read(new SourcePassage(text, part, substitutionsIn(part, options.substitutions)));
  }
  return new ReadScript(text, span, reader.statements, reader.unparsed, reader.opaque);
}

function substitutionsIn(
  part: Span,
  substitutions: readonly Substitution[] = [],
): readonly Substitution[] {
  return substitutions.filter(({ span }) => span.start >= part.start && span.end <= part.end);
}

/** Why a text is not handed to the grammar at all. */
function refusal(text: string, span: Span): Unparsed | undefined {
  const bytes = text.length > MAX_SCRIPT_BYTES ? text.length : Buffer.byteLength(text, "utf8");
  if (bytes > MAX_SCRIPT_BYTES) {
    const place = { start: span.start, end: span.start };
    const message = `the file is larger than ${MAX_SCRIPT_BYTES / 1024 / 1024} MB and was not read`;
    return { span: place, statement: span, message, cause: "too-large" };
  }
  // The grammar's C string would end here and hide everything behind it.
  const nul = text.indexOf("\0", span.start);
  if (nul === -1 || nul >= span.end) return undefined;
  const place = { start: nul, end: nul + 1 };
  const message = "a NUL character, which SQL cannot hold";
  return { span: place, statement: span, message, cause: "nul-character" };
}

class ReadScript implements Script {
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly unparsed: readonly Unparsed[];
  readonly #span: Span;
  readonly #opaque: readonly Span[];
  #comments: readonly Comment[] | undefined;
  #outside: readonly Comment[] | undefined;
  #lines: LineTable | undefined;

  constructor(
    text: string,
    span: Span,
    statements: readonly Statement[],
    unparsed: readonly Unparsed[],
    opaque: readonly Span[],
  ) {
    this.text = text;
    this.statements = statements;
    this.unparsed = unparsed;
    this.#span = span;
    this.#opaque = opaque;
  }

  get comments(): readonly Comment[] {
    this.#comments ??= readComments(this.text, this.#span, this.#opaque);
    return this.#comments;
  }

  get outside(): readonly Comment[] {
    const after = { start: this.#span.end, end: this.text.length };
    this.#outside ??= [
      ...readComments(this.text, { start: 0, end: this.#span.start }, []),
      ...readComments(this.text, after, []),
    ];
    return this.#outside;
  }

  get lines(): LineTable {
    this.#lines ??= new LineTable(this.text);
    return this.#lines;
  }
}
