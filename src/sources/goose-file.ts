import type { Span } from "../core/span.ts";
import { type Line, linesOf } from "./line.ts";

/** One direction of a goose file. */
export interface GooseHalf {
  readonly span: Span;
  /** What goose sends as one query string each. */
  readonly statements: readonly Span[];
  /** Why goose refuses to run this half. */
  readonly refusal?: string;
}

/** A file as goose reads it, or why it refuses to. */
export type GooseFile =
  | { readonly up: GooseHalf; readonly down?: GooseHalf; readonly transaction: boolean }
  | { readonly refusal: string };

/**
 * Reads a file line by line, as goose does (https://pressly.github.io/goose/documentation/annotations/):
 * a statement ends with the line that ends in a semicolon, so two statements on one line are one
 * query string; between `StatementBegin` and `StatementEnd` semicolons mean nothing; comments
 * between statements are left out. An annotation is a whole comment line without leading space, in
 * any case. Never throws.
 */
export function readGooseFile(text: string): GooseFile {
  const reader = new GooseReader(text);
  let number = 0;
  for (const line of linesOf(text)) {
    number += 1;
    const refusal = reader.line(line);
    if (refusal !== undefined) return { refusal: `line ${number}: ${refusal}` };
  }
  return reader.finish();
}

/** A half that is being read. */
interface OpenHalf {
  readonly start: number;
  end: number;
  readonly statements: Span[];
  refusal?: string;
}

class GooseReader {
  readonly #text: string;
  #up: OpenHalf | undefined;
  #down: OpenHalf | undefined;
  #transaction = true;
  #substitutes = false;
  #inBlock = false;
  /** Where the statement began that has not ended yet. */
  #pending: number | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Takes the next line; a text that comes back is why goose refuses the file. */
  line(line: Line): string | undefined {
    const trimmed = line.text.trim();
    const comment = trimmed.startsWith("--");
    if (comment && line.text.includes("+goose")) return this.#annotation(line);
    // Comments and empty lines between statements are left out, and before the first mark.
    if (this.#pending === undefined && (trimmed === "" || comment)) return undefined;
    return this.#code(line);
  }

  #code(line: Line): string | undefined {
    const open = this.#half();
    if (open === undefined)
      return "goose refuses SQL before `-- +goose Up`, which has to come first";
    if (this.#substitutes && line.text.includes("$")) {
      return "it holds a variable of the environment (`-- +goose ENVSUB ON`), whose value is not known here";
    }
    this.#pending ??= line.start + line.text.length - line.text.trimStart().length;
    if (!this.#inBlock && endsStatement(line.text)) {
      const end = line.start + line.text.trimEnd().length;
      open.statements.push({ start: this.#pending, end });
      this.#pending = undefined;
    }
    return undefined;
  }

  finish(): GooseFile {
    if (this.#up === undefined) return { refusal: "goose refuses a file without `-- +goose Up`" };
    if (this.#inBlock)
      return { refusal: "goose refuses a StatementBegin without its StatementEnd" };
    this.#refuseUnfinished();
    const last = this.#down ?? this.#up;
    last.end = this.#text.length;
    return {
      up: closed(this.#up),
      ...(this.#down === undefined ? {} : { down: closed(this.#down) }),
      transaction: this.#transaction,
    };
  }

  #half(): OpenHalf | undefined {
    return this.#down ?? this.#up;
  }

  #annotation(line: Line): string | undefined {
    const words = line.text.replaceAll("--", "").replace("+goose", "").trim();
    if (/^[ \t]/.test(line.text)) return "goose refuses an annotation with space before it";
    switch (words.toLowerCase()) {
      case "up":
        return this.#openUp(line);
      case "down":
        return this.#openDown(line);
      case "statementbegin":
        if (this.#half() === undefined || this.#inBlock) return "goose refuses this StatementBegin";
        this.#inBlock = true;
        return undefined;
      case "statementend":
        return this.#closeBlock(line);
      case "no transaction":
        this.#transaction = false;
        return undefined;
      case "envsub on":
        this.#substitutes = true;
        return undefined;
      case "envsub off":
        this.#substitutes = false;
        return undefined;
      default:
        return `goose does not know the annotation “${words}”`;
    }
  }

  #openUp(line: Line): string | undefined {
    if (this.#up !== undefined) return "goose refuses a second `-- +goose Up`";
    this.#up = { start: line.next, end: line.next, statements: [] };
    return undefined;
  }

  #openDown(line: Line): string | undefined {
    if (this.#up === undefined) return "goose refuses `-- +goose Down` before `-- +goose Up`";
    if (this.#down !== undefined) return "goose refuses a second `-- +goose Down`";
    if (this.#inBlock) return "goose refuses a StatementBegin without its StatementEnd";
    this.#refuseUnfinished();
    this.#up.end = line.start;
    this.#down = { start: line.next, end: line.next, statements: [] };
    return undefined;
  }

  #closeBlock(line: Line): string | undefined {
    if (!this.#inBlock) return "goose refuses a StatementEnd without its StatementBegin";
    this.#inBlock = false;
    if (this.#pending !== undefined) {
      const text = this.#text.slice(this.#pending, line.start).trimEnd();
      this.#half()?.statements.push({ start: this.#pending, end: this.#pending + text.length });
      this.#pending = undefined;
    }
    return undefined;
  }

  #refuseUnfinished(): void {
    const open = this.#half();
    if (this.#pending === undefined || open === undefined) return;
    const [first = ""] = this.#text.slice(this.#pending).split("\n", 1);
    open.refusal = `goose refuses it: the statement “${first.trim().slice(0, 60)}” has no semicolon at its end`;
    this.#pending = undefined;
  }
}

function closed({ start, end, statements, refusal }: OpenHalf): GooseHalf {
  return { span: { start, end }, statements, ...(refusal === undefined ? {} : { refusal }) };
}

/** Whether the last word before a comment ends in a semicolon; a quoted `--` counts as a comment, as for goose. */
function endsStatement(line: string): boolean {
  const comment = line.search(/(?:^|\s)--/);
  return (comment === -1 ? line : line.slice(0, comment)).trimEnd().endsWith(";");
}
