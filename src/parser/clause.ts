import type { Node } from "@pgsql/types";
import type { Expression } from "../core/expression.ts";
import type { Span } from "../core/span.ts";
import { findKeyword, findParentheses, splitClauses } from "./clauses.ts";
import type { Passage } from "./passage.ts";
import { readExpression } from "./read-expression.ts";
import type { StatementPlace } from "./statement-place.ts";

/** A stretch of a statement, whose end is sought when something asks for it. */
export class Clause {
  /** Sent offset of its first token. */
  readonly start: number;
  readonly #passage: Passage;
  readonly #findEnd: () => number;
  #end: number | undefined;

  constructor(passage: Passage, start: number, findEnd: () => number) {
    this.#passage = passage;
    this.start = start;
    this.#findEnd = findEnd;
  }

  /** Sent offset just behind its last token. */
  get end(): number {
    this.#end ??= this.#findEnd();
    return this.#end;
  }

  /** The clause in the source. */
  get span(): Span {
    return this.#passage.span(this.start, this.end);
  }

  /** An expression that follows a keyword and ends with the clause. */
  expressionAfter(keyword: string, node: Node | undefined): Expression {
    const text = this.#passage.text(this.#behind(keyword), this.end).trim();
    return readExpression(requireNode(node), text);
  }

  /** An expression that stands in the first parentheses, behind a keyword where one is given. */
  expressionIn(node: Node | undefined, keyword?: string): Expression {
    const from = keyword === undefined ? this.start : this.#behind(keyword);
    const inside = findParentheses(this.#passage.sent, from, this.end) ?? this;
    return readExpression(requireNode(node), this.#passage.text(inside.start, inside.end));
  }

  /** A key of an index: an expression in parentheses, or a call of a function, before operator class and order. */
  keyExpression(node: Node): Expression {
    return readExpression(node, this.#keyText());
  }

  #keyText(): string {
    const { sent } = this.#passage;
    const inside = findParentheses(sent, this.start, this.end);
    if (inside === undefined) return this.#passage.text(this.start, this.end);
    if (sent[this.start] === "(") return this.#passage.text(inside.start, inside.end);
    return this.#passage.text(this.start, sent.indexOf(")", inside.end) + 1);
  }

  /** The stretches between the commas of the first parentheses. */
  partsInParentheses(): Clause[] {
    const { sent } = this.#passage;
    const list = findParentheses(sent, this.start, this.end);
    const parts = list === undefined ? [] : splitClauses(sent, list.start, list.end);
    return parts.map(({ start, end }) => new Clause(this.#passage, start, () => end));
  }

  #behind(keyword: string): number {
    return findKeyword(this.#passage.sent, keyword, this.start, this.end)?.end ?? this.start;
  }
}

/** All of a statement. */
export function wholeStatement({ passage, start, end }: StatementPlace): Clause {
  return new Clause(passage, start, () => end);
}

function requireNode(node: Node | undefined): Node {
  if (node === undefined) throw new Error("a clause without its expression");
  return node;
}
