import type { LockClaim } from "../lock.ts";
import type { ObjectName } from "../name.ts";
import type {
  AddColumn,
  AlterColumnType,
  ColumnOperations,
  DropColumn,
  SetColumnExpression,
  SetColumnOption,
  SetNotNull,
} from "../operations/column.ts";
import { family } from "../replay/edit.ts";
import type { Schema } from "../schema.ts";
import { typeChange } from "../type-change.ts";
import { volatilityOf } from "../volatility.ts";
import { claim, claimFamily, type Effect, type LockTable } from "./claim.ts";
import { claimsOfForeignKey } from "./constraint-locks.ts";

export const COLUMN_LOCKS: LockTable<ColumnOperations["kind"]> = {
  "add-column": addColumn,
  "drop-column": dropColumn,
  "rename-column": exclusive,
  "alter-column-type": alterType,
  "set-column-default": exclusive,
  "drop-column-default": exclusive,
  "set-not-null": setNotNull,
  "drop-not-null": exclusive,
  "set-column-expression": setExpression,
  "drop-column-expression": exclusive,
  "add-identity": exclusive,
  "alter-identity": exclusive,
  "drop-identity": exclusive,
  "set-column-option": setOption,
};

function exclusive(
  { table }: { readonly table: ObjectName },
  schema: Schema,
): readonly LockClaim[] {
  return claimFamily(schema, table, "ACCESS EXCLUSIVE");
}

function addColumn(operation: AddColumn, schema: Schema): readonly LockClaim[] {
  const { table, column, ifNotExists } = operation;
  if (ifNotExists && schema.column(table, column.name) !== undefined) {
    return [claim(schema, table, "ACCESS EXCLUSIVE")];
  }
  const claims = [...claimFamily(schema, table, "ACCESS EXCLUSIVE", addedEffect(column, schema))];
  for (const constraint of column.constraints) {
    if (constraint.kind !== "foreign-key") continue;
    // Without a default nothing is looked up; with DEFAULT NULL the rows are read in vain.
    const value = column.default;
    if (value?.null === true) claims.push(claim(schema, table, "ACCESS EXCLUSIVE", "scan"));
    const checked = value === undefined || value.null ? "none" : "scan";
    claims.push(...claimsOfForeignKey(schema, table, constraint, checked));
  }
  return claims;
}

function addedEffect(column: AddColumn["column"], schema: Schema): Effect {
  if (rewrites(column, schema)) return "rewrite";
  const checks = column.constraints.some(({ kind }) => kind !== "foreign-key");
  const hasValue = column.default !== undefined && !column.default.null;
  const refusesNull = column.notNull && !hasValue && column.generated === undefined;
  return checks || refusesNull ? "scan" : "none";
}

/**
 * A default that is the same for every row is kept in the catalog
 * (https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES). A function
 * that nobody declared counts as volatile: that is what CREATE FUNCTION makes it by default.
 */
function rewrites(
  { type, identity, generated, ...column }: AddColumn["column"],
  schema: Schema,
): boolean {
  if (type.serial || identity !== undefined || generated?.kind === "stored") return true;
  const domain = type.arrayDimensions === 0 ? schema.domain(type) : undefined;
  if (domain !== undefined && (domain.notNull || domain.constraints.length > 0)) return true;
  if (column.default === undefined) return false;
  return ["volatile", "unknown"].includes(volatilityOf(column.default, schema));
}

function dropColumn(operation: DropColumn, schema: Schema): readonly LockClaim[] {
  const { table, column } = operation;
  const own = claimFamily(schema, table, "ACCESS EXCLUSIVE");
  const known = schema.column(table, column);
  if (known === undefined && operation.ifExists) return own.slice(0, 1);
  const constraints = schema.table(table)?.constraints ?? [];
  const referenced = constraints.flatMap(({ definition }) =>
    definition.kind === "foreign-key" && definition.columns.includes(column)
      ? claimFamily(schema, definition.references, "ACCESS EXCLUSIVE")
      : [],
  );
  const referencing = schema
    .referencing(table)
    .filter(
      ({ constraint: { definition } }) =>
        definition.kind === "foreign-key" && definition.referencedColumns.includes(column),
    )
    .map((other) => claim(schema, other.table.name, "ACCESS EXCLUSIVE"));
  return [...own, ...referenced, ...referencing];
}

const TYPE_CHANGE_EFFECTS = {
  none: "none",
  "check-rescan": "scan",
  "index-rebuild": "scan",
  rewrite: "rewrite",
} as const;

/** A foreign key of the column is made anew, and with a rewrite checked against the other table. */
function alterType(operation: AlterColumnType, schema: Schema): readonly LockClaim[] {
  const column = schema.column(operation.table, operation.column);
  const change =
    column === undefined ? "rewrite" : typeChange(column, operation, schema, { utc: schema.inUtc });
  const own = claimFamily(schema, operation.table, "ACCESS EXCLUSIVE", TYPE_CHANGE_EFFECTS[change]);
  const table = schema.table(operation.table);
  const other: Effect = change === "rewrite" ? "scan" : "none";
  const referenced = (table?.constraints ?? []).flatMap(({ definition }) =>
    definition.kind === "foreign-key" && definition.columns.includes(operation.column)
      ? claimFamily(schema, definition.references, "ACCESS EXCLUSIVE", other)
      : [],
  );
  const referencing = schema
    .referencing(operation.table)
    .flatMap(({ table: { name }, constraint: { definition } }) =>
      definition.kind === "foreign-key" && definition.referencedColumns.includes(operation.column)
        ? claimFamily(schema, name, "ACCESS EXCLUSIVE", other)
        : [],
    );
  return [...own, ...referenced, ...referencing];
}

/** The rows are read unless a constraint proves already that none of them is NULL. */
function setNotNull(operation: SetNotNull, schema: Schema): readonly LockClaim[] {
  const table = schema.table(operation.table);
  if (table === undefined) return [claim(schema, operation.table, "ACCESS EXCLUSIVE", "scan")];
  return family(schema, table).map(({ name, partitionBy }) => {
    const proven = partitionBy !== undefined || schema.provenNotNull(name, operation.column);
    return claim(schema, name, "ACCESS EXCLUSIVE", proven ? "none" : "scan");
  });
}

function setExpression(operation: SetColumnExpression, schema: Schema): readonly LockClaim[] {
  const generated = schema.column(operation.table, operation.column)?.generated;
  const effect = generated === "virtual" ? "none" : "rewrite";
  return claimFamily(schema, operation.table, "ACCESS EXCLUSIVE", effect);
}

function setOption(operation: SetColumnOption, schema: Schema): readonly LockClaim[] {
  const weak = operation.option === "statistics" || operation.option === "attributes";
  const mode = weak ? "SHARE UPDATE EXCLUSIVE" : "ACCESS EXCLUSIVE";
  return claimFamily(schema, operation.table, mode);
}
