import type { ObjectName } from "./name.ts";
import type { RuleContext } from "./rule-context.ts";
import type { Constraint } from "./schema-object.ts";

/**
 * Whether each known partition of a table has a validated constraint that fits: PostgreSQL then
 * takes those over when the partitioned table gets the constraint, and neither reads rows nor
 * builds indexes. False for a table without known partitions.
 * https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE
 */
export function everyPartitionHas(
  table: ObjectName,
  fits: (constraint: Constraint) => boolean,
  context: RuleContext,
): boolean {
  const partitions = context.partitionsOf(table);
  return (
    partitions.length > 0 &&
    partitions.every(({ constraints }) =>
      constraints.some((constraint) => constraint.validated && fits(constraint)),
    )
  );
}
