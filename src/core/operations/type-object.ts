import type { Expression } from "../expression.ts";
import type { ObjectName } from "../name.ts";
import type { TypeReference } from "../type-reference.ts";
import type { OperationBase } from "./base.ts";
import type { ColumnDefinition } from "./column.ts";
import type { ConstraintDefinition } from "./constraint.ts";

interface TypeOperation extends OperationBase {
  readonly type: ObjectName;
}

export interface CreateEnum extends TypeOperation {
  readonly kind: "create-enum";
  readonly values: readonly string[];
}
export interface AddEnumValue extends TypeOperation {
  readonly kind: "add-enum-value";
  readonly value: string;
  readonly ifNotExists: boolean;
  readonly position?: { readonly place: "before" | "after"; readonly value: string };
}
export interface RenameEnumValue extends TypeOperation {
  readonly kind: "rename-enum-value";
  readonly value: string;
  readonly to: string;
}
export interface CreateCompositeType extends TypeOperation {
  readonly kind: "create-composite-type";
  readonly attributes: readonly ColumnDefinition[];
}
export interface AlterCompositeType extends TypeOperation {
  readonly kind: "alter-composite-type";
  readonly action: "add-attribute" | "drop-attribute" | "alter-attribute" | "rename-attribute";
  readonly attribute: string;
  readonly attributeType?: TypeReference;
  readonly to?: string;
  readonly cascade: boolean;
}
export interface CreateDomain extends TypeOperation {
  readonly kind: "create-domain";
  readonly baseType: TypeReference;
  readonly notNull: boolean;
  readonly default?: Expression;
  readonly constraints: readonly ConstraintDefinition[];
}
export interface AlterDomain extends TypeOperation {
  readonly kind: "alter-domain";
  readonly action:
    | "set-default"
    | "drop-default"
    | "set-not-null"
    | "drop-not-null"
    | "add-constraint"
    | "drop-constraint"
    | "validate-constraint"
    | "rename-constraint";
  readonly constraint?: ConstraintDefinition;
  readonly constraintName?: string;
  readonly to?: string;
  readonly ifExists: boolean;
}
/** CREATE TYPE … AS RANGE, a base type, or a shell type. */
export interface CreateOtherType extends TypeOperation {
  readonly kind: "create-other-type";
  readonly form: "range" | "base" | "shell";
}
export interface DropType extends TypeOperation {
  readonly kind: "drop-type";
  readonly domain: boolean;
  readonly ifExists: boolean;
  readonly cascade: boolean;
}
export interface RenameType extends TypeOperation {
  readonly kind: "rename-type";
  readonly to: string;
}
export interface SetTypeSchema extends TypeOperation {
  readonly kind: "set-type-schema";
  readonly schema: string;
}

export type TypeOperations =
  | CreateEnum
  | AddEnumValue
  | RenameEnumValue
  | CreateCompositeType
  | AlterCompositeType
  | CreateDomain
  | AlterDomain
  | CreateOtherType
  | DropType
  | RenameType
  | SetTypeSchema;
