import type { ObjectName } from "./name.ts";
import type { Operation } from "./operation.ts";
import type { Span } from "./span.ts";
import type { TypeReference } from "./type-reference.ts";

/** A column whose type a statement states. */
export interface WrittenColumn {
  readonly table: ObjectName;
  readonly name: string;
  readonly type: TypeReference;
  /** The type's name where it is one of PostgreSQL's own, `int4` for instance; of an array that of its elements. */
  readonly builtin: string | undefined;
  readonly span: Span;
}

/** The columns whose types an operation states: those of CREATE TABLE, ADD COLUMN and ALTER COLUMN TYPE. Temporary tables are left out. */
export function writtenColumns(operation: Operation): readonly WrittenColumn[] {
  switch (operation.kind) {
    case "create-table": {
      if (operation.persistence === "temporary") return [];
      const { table, columns } = operation;
      return columns.map(({ name, type, span }) => written(table, name, type, span));
    }
    case "add-column": {
      const { table, span, column } = operation;
      return [written(table, column.name, column.type, span)];
    }
    case "alter-column-type": {
      const { table, column, type, span } = operation;
      return [written(table, column, type, span)];
    }
    default:
      return [];
  }
}

function written(table: ObjectName, name: string, type: TypeReference, span: Span): WrittenColumn {
  const isOwn = type.schema === undefined || type.schema === "pg_catalog";
  return { table, name, type, builtin: isOwn ? type.name : undefined, span };
}
