import { nameKey, type ObjectName } from "./name.ts";
import { groupedBy, type Grouping } from "./object-map.ts";
import type { Constraint, DomainType, Index, Sequence, Table, View } from "./schema-object.ts";

/** The names of the groups in which a schema's objects are found. */
export const GROUPS = {
  /** Partitions of a table, and tables that inherit from it. */
  childrenOf: (table: ObjectName): string => `child ${nameKey(table)}`,
  /** Tables with a foreign key to a table. */
  referencing: (table: ObjectName): string => `references ${nameKey(table)}`,
  /** Tables with a column of a type. */
  ofType: (type: ObjectName): string => `type ${nameKey(type)}`,
  /** Tables and domains with a constraint of this name. */
  withConstraint: (name: string): string => `constraint ${name}`,
  /** Indexes and sequences of a table, views that read it. */
  of: (table: ObjectName): string => nameKey(table),
  /** Indexes of partitions that are attached to an index. */
  attachedTo: (index: ObjectName): string => `attached ${nameKey(index)}`,
};

export const TABLE_GROUPINGS: readonly Grouping<Table>[] = [
  groupedBy(
    ({ partitionOf }) => partitionOf,
    (parent) => [GROUPS.childrenOf(parent)],
  ),
  groupedBy(
    ({ inherits }) => inherits,
    (parents) => parents.map(GROUPS.childrenOf),
  ),
  groupedBy(
    ({ columns }) => columns,
    (columns) =>
      columns.flatMap(({ type }) => (type.schema === undefined ? [] : GROUPS.ofType(type))),
  ),
  groupedBy(
    ({ constraints }) => constraints,
    (constraints) => constraints.flatMap(groupsOfConstraint),
  ),
];

export const INDEX_GROUPINGS: readonly Grouping<Index>[] = [
  groupedBy(
    ({ table }) => table,
    (table) => [GROUPS.of(table)],
  ),
  groupedBy(
    ({ parent }) => parent,
    (parent) => [GROUPS.attachedTo(parent)],
  ),
];

export const SEQUENCE_GROUPINGS: readonly Grouping<Sequence>[] = [
  groupedBy(
    ({ ownedBy }) => ownedBy,
    ({ table }) => [GROUPS.of(table)],
  ),
];

export const VIEW_GROUPINGS: readonly Grouping<View>[] = [
  groupedBy(
    ({ reads }) => reads,
    (reads) => reads.map(GROUPS.of),
  ),
];

export const DOMAIN_GROUPINGS: readonly Grouping<DomainType>[] = [
  groupedBy(
    ({ constraints }) => constraints,
    (constraints) => constraints.flatMap(groupsOfConstraint),
  ),
];

function groupsOfConstraint({ name, definition }: Constraint): string[] {
  const own = GROUPS.withConstraint(name);
  return definition.kind === "foreign-key"
    ? [own, GROUPS.referencing(definition.references)]
    : [own];
}
