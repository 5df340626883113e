import type { ColumnOperations } from "./operations/column.ts";
import type { FrameworkOperations } from "./operations/framework.ts";
import type { IndexOperations } from "./operations/index-object.ts";
import type { ObjectOperations } from "./operations/object.ts";
import type { RowOperations } from "./operations/rows.ts";
import type { SessionOperations } from "./operations/session.ts";
import type { TableOperations } from "./operations/table.ts";
import type { TypeOperations } from "./operations/type-object.ts";

/** What a statement does, in SQL's terms. One ALTER TABLE can hold several. */
export type Operation =
  | TableOperations
  | ColumnOperations
  | IndexOperations
  | TypeOperations
  | ObjectOperations
  | RowOperations
  | SessionOperations
  | FrameworkOperations;

export type OperationKind = Operation["kind"];

/** The operation of one kind; where several kinds share a type, that type narrowed to the kind. */
export type OperationOf<Kind extends OperationKind> = Operation extends infer One
  ? One extends { readonly kind: OperationKind }
    ? Kind extends One["kind"]
      ? One & { readonly kind: Kind }
      : never
    : never
  : never;
