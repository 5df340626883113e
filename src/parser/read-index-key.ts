import type { IndexElem, Node } from "@pgsql/types";
import type { IndexKey } from "../core/operations/index-object.ts";
import type { Clause } from "./clause.ts";
import type { Draft } from "./draft.ts";
import { expressionName } from "./expression-name.ts";
import { bodyOf, stringsOf } from "./node.ts";
import { columnOf } from "./read-expression.ts";

/** One key of an index or of an exclusion constraint. */
export function readIndexKey(element: IndexElem, clause: Clause): IndexKey {
  const name = element.name ?? plainColumn(element.expr);
  const expr = name === undefined ? element.expr : undefined;
  const named = expressionName(expr);
  const key: Draft<IndexKey> = { descending: element.ordering === "SORTBY_DESC" };
  if (name !== undefined) key.column = name;
  if (expr !== undefined) key.expression = clause.keyExpression(expr);
  if (named !== undefined) key.expressionName = named;
  const operatorClass = stringsOf(element.opclass).at(-1);
  if (operatorClass !== undefined) key.operatorClass = operatorClass;
  const collation = stringsOf(element.collation).at(-1);
  if (collation !== undefined) key.collation = collation;
  return key;
}

/** To PostgreSQL `(column)` and `(column COLLATE …)` are `column`. */
function plainColumn(node: Node | undefined): string | undefined {
  return columnOf(bodyOf(node, "CollateClause")?.arg ?? node);
}
