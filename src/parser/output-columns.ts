import type { Node, SelectStmt } from "@pgsql/types";
import { expressionName } from "./expression-name.ts";
import { bodiesOf, bodyOf } from "./node.ts";

/**
 * Names of the columns that a query gives, as PostgreSQL would choose them; undefined where a `*`
 * hides some.
 */
export function outputColumns(query: SelectStmt | undefined): string[] | undefined {
  if (query === undefined) return undefined;
  if (query.larg !== undefined) return outputColumns(query.larg);
  const values = bodyOf(query.valuesLists?.[0], "List")?.items;
  if (values !== undefined) return values.map((_, index) => `column${index + 1}`);
  const names: string[] = [];
  for (const target of bodiesOf(query.targetList, "ResTarget")) {
    if (isStar(target.val)) return undefined;
    names.push(target.name ?? expressionName(target.val) ?? "?column?");
  }
  return names;
}

function isStar(node: Node | undefined): boolean {
  const fields = bodyOf(node, "ColumnRef")?.fields ?? bodyOf(node, "A_Indirection")?.indirection;
  const last = fields?.at(-1);
  return last !== undefined && "A_Star" in last;
}
