import { nameKey } from "./name.ts";
import { groupedBy } from "./object-map.ts";
import type {
  Column,
  Constraint,
  DomainType,
  Index,
  Sequence,
  Table,
  View,
} from "./schema-object.ts";

/** How tables are found: by what they mention. Keys are those of names, but for constraints. */
export const TABLE_GROUPINGS = {
  /** Partitions of a table. */
  partitionOf: groupedBy(
    ({ partitionOf }: Table) => partitionOf,
    (parent) => [nameKey(parent)],
  ),
  /** Tables that inherit from a table. */
  inherits: groupedBy(
    ({ inherits }: Table) => inherits,
    (parents) => parents.map(nameKey),
  ),
  /** Tables with a foreign key to a table. */
  references: groupedBy(({ constraints }: Table) => constraints, referencesOf),
  /** Tables with a column of a type that the migrations made. */
  types: groupedBy(({ columns }: Table) => columns, typesOf),
  /** Tables with a constraint of this name, without its schema. */
  constraints: groupedBy(({ constraints }: Table) => constraints, namesOf),
};

export const INDEX_GROUPINGS = {
  table: groupedBy(
    ({ table }: Index) => table,
    (table) => [nameKey(table)],
  ),
  /** Indexes of partitions that are attached to an index. */
  parent: groupedBy(
    ({ parent }: Index) => parent,
    (parent) => [nameKey(parent)],
  ),
};

export const SEQUENCE_GROUPINGS = {
  table: groupedBy(
    ({ ownedBy }: Sequence) => ownedBy,
    ({ table }) => [nameKey(table)],
  ),
};

export const VIEW_GROUPINGS = {
  reads: groupedBy(
    ({ reads }: View) => reads,
    (reads) => reads.map(nameKey),
  ),
};

export const DOMAIN_GROUPINGS = {
  constraints: groupedBy(({ constraints }: DomainType) => constraints, namesOf),
};

function namesOf(constraints: readonly Constraint[]): readonly string[] {
  return constraints.map(({ name }) => name);
}

function referencesOf(constraints: readonly Constraint[]): readonly string[] {
  const tables: string[] = [];
  for (const { definition } of constraints) {
    if (definition.kind === "foreign-key") tables.push(nameKey(definition.references));
  }
  return tables;
}

function typesOf(columns: readonly Column[]): readonly string[] {
  const types: string[] = [];
  for (const { type } of columns) if (type.schema !== undefined) types.push(nameKey(type));
  return types;
}
