import type { ObjectName } from "../../core/name.ts";
import type { Script } from "../../core/statement.ts";
import type { TypeReference } from "../../core/type-reference.ts";
import type { ColumnShape } from "./table-shape.ts";
import { typeValues } from "./type-values.ts";
import type { ValueSeries } from "./value-series.ts";

/** A column to which an up gives another type. */
export interface Cast {
  readonly table: ObjectName;
  readonly column: string;
  readonly type: TypeReference;
  /** The labels of an enum that the same up makes. */
  readonly labels?: readonly string[];
}

/** The columns to which a script gives another type. */
export function castsOf({ statements }: Script): readonly Cast[] {
  const operations = statements.flatMap((statement) => statement.operations);
  const labels = new Map(
    operations.flatMap((operation) =>
      operation.kind === "create-enum" ? [[operation.type.name, operation.values] as const] : [],
    ),
  );
  return operations.flatMap((operation): Cast[] => {
    if (operation.kind !== "alter-column-type" || operation.type.arrayDimensions > 0) return [];
    const { table, column, type } = operation;
    const own = labels.get(type.name);
    return [{ table, column, type, ...(own === undefined ? {} : { labels: own }) }];
  });
}

/**
 * Values of a column of texts that its later type reads, and labels of an enum that a later one has,
 * too; undefined where the column takes none or they are not known.
 */
export function castValues(
  { type, labels }: Cast,
  column: ColumnShape,
  texts: ReadonlySet<string>,
): ValueSeries | undefined {
  const { kind, baseType, isArray } = column;
  const isText = kind === "base" && !isArray && texts.has(baseType);
  if (labels !== undefined) return isText || kind === "enum" ? labelsIn(labels, column) : undefined;
  const values = isText && !texts.has(type.name) ? typeValues(type.name, -1) : undefined;
  return values !== undefined && fits(values.nth(0), column) ? values : undefined;
}

function labelsIn(labels: readonly string[], column: ColumnShape): ValueSeries | undefined {
  if (column.isArray) return undefined;
  const usable = labels.filter((label) =>
    column.kind === "enum" ? column.labels.includes(label) : fits(label, column),
  );
  const nth = (n: number): string => usable[n % usable.length] ?? "";
  return usable.length > 0 ? { nth, extremes: [] } : undefined;
}

/** Whether a text is not too long; the length is packed with four more. */
function fits(text: string, { modifier }: ColumnShape): boolean {
  return modifier < 4 || text.length <= modifier - 4;
}
