import type { IndexElem, Node } from "@pgsql/types";
import type { IndexKey } from "../core/operations/index-object.ts";
import type { Clause } from "./clause.ts";
import { expressionName } from "./expression-name.ts";
import { bodyOf, stringsOf } from "./node.ts";
import { columnOf } from "./read-expression.ts";

/** One key of an index or of an exclusion constraint. */
export function readIndexKey(element: IndexElem, clause: Clause): IndexKey {
  const name = element.name ?? plainColumn(element.expr);
  const expr = name === undefined ? element.expr : undefined;
  const named = expressionName(expr);
  const operatorClass = stringsOf(element.opclass).at(-1);
  const collation = stringsOf(element.collation).at(-1);
  return {
    ...(name === undefined ? {} : { column: name }),
    ...(expr === undefined ? {} : { expression: clause.keyExpression(expr) }),
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
