import type { Compilation, Origin } from "./migration.ts";
import { LineTable, type Span } from "./span.ts";
import type { Comment, Script, Statement, WrittenScript } from "./statement.ts";

/** A compiled script with the steps that are no SQL in their places, and with the file that it comes from. */
export function withWrittenScript(script: Script, compiled: Compilation): Script {
  return new CompiledScript(script, compiled);
}

class CompiledScript implements Script {
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly unparsed: Script["unparsed"];
  readonly outside = [];
  readonly #script: Script;
  readonly written: WrittenScript;

  constructor(script: Script, compiled: Compilation) {
    this.text = script.text;
    this.statements =
      compiled.steps.length === 0
        ? script.statements
        : [...script.statements, ...compiled.steps].toSorted((a, b) => a.span.start - b.span.start);
    this.unparsed = script.unparsed;
    this.#script = script;
    this.written = new CompiledFile(compiled, script);
  }

  get comments(): readonly Comment[] {
    return this.#script.comments;
  }
  get lines(): LineTable {
    return this.#script.lines;
  }
}

class CompiledFile implements WrittenScript {
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly unparsed = [];
  readonly outside = [];
  readonly #compiled: Compilation;
  readonly #script: Script;
  #lines: LineTable | undefined;

  constructor(compiled: Compilation, script: Script) {
    this.text = compiled.text;
    this.statements = compiled.operations.map(({ name, span }) => ({
      span,
      kind: name,
      operations: [],
    }));
    this.#compiled = compiled;
    this.#script = script;
  }

  /** SQL that stands in the file has comments of its own. */
  get comments(): readonly Comment[] {
    const inSql = this.#script.comments.map((comment) => ({
      ...comment,
      span: this.originOf(comment.span),
    }));
    return [...this.#compiled.comments, ...inSql].toSorted((a, b) => a.span.start - b.span.start);
  }

  get lines(): LineTable {
    this.#lines ??= new LineTable(this.text);
    return this.#lines;
  }

  readonly originOf = (span: Span): Span => {
    const origin = originAt(this.#compiled.origins, span.start);
    if (origin === undefined) return { start: 0, end: 0 };
    const { sql, source, verbatim } = origin;
    if (verbatim !== true) return source;
    const start = source.start + (span.start - sql.start);
    const end = source.start + (Math.min(span.end, sql.end) - sql.start);
    return { start, end: Math.max(start, end) };
  };
}

/** The last origin that begins at an offset or before it; the first where all begin after it. */
function originAt(origins: readonly Origin[], offset: number): Origin | undefined {
  let low = 0;
  let high = origins.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((origins[middle]?.sql.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return origins[low];
}
