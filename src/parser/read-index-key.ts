import type { IndexElem, Node } from "@pgsql/types";
import type { IndexKey } from "../core/operations/index-object.ts";
import type { Span } from "../core/span.ts";
import { findParentheses } from "./clauses.ts";
import { expressionName } from "./expression-name.ts";
import { bodyOf, stringsOf } from "./node.ts";
import { columnOf, readExpression } from "./read-expression.ts";
import type { StatementPlace } from "./statement-place.ts";

/** One key of an index or of an exclusion constraint; `clause` is its stretch of the sent text. */
export function readIndexKey(element: IndexElem, clause: Span, place: StatementPlace): IndexKey {
  const name = element.name ?? plainColumn(element.expr);
  const expr = name === undefined ? element.expr : undefined;
  const named = expressionName(expr);
  const operatorClass = stringsOf(element.opclass).at(-1);
  const collation = stringsOf(element.collation).at(-1);
  return {
    ...(name === undefined ? {} : { column: name }),
    ...(expr === undefined
      ? {}
      : { expression: readExpression(expr, expressionText(clause, place)) }),
    ...(named === undefined ? {} : { expressionName: named }),
    ...(operatorClass === undefined ? {} : { operatorClass }),
    ...(collation === undefined ? {} : { collation }),
    descending: element.ordering === "SORTBY_DESC",
  };
}

/** To PostgreSQL `(column)` and `(column COLLATE …)` are `column`. */
function plainColumn(node: Node | undefined): string | undefined {
  return columnOf(bodyOf(node, "CollateClause")?.arg ?? node);
}

/** A key is an expression in parentheses or a call of a function; operator class and order follow. */
function expressionText(clause: Span, { passage }: StatementPlace): string {
  const inside = findParentheses(passage.sent, clause.start, clause.end);
  if (inside === undefined) return passage.text(clause.start, clause.end);
  if (passage.sent[clause.start] === "(") return passage.text(inside.start, inside.end);
  const close = passage.sent.indexOf(")", inside.end);
  return passage.text(clause.start, close + 1);
}
