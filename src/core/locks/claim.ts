import { isStronger, type LockClaim, type LockMode } from "../lock.ts";
import { nameKey, type ObjectName } from "../name.ts";
import type { OperationKind, OperationOf } from "../operation.ts";
import { family } from "../replay/edit.ts";
import type { Schema } from "../schema.ts";

/** The claims for operations of these kinds. */
export type LockTable<Kinds extends OperationKind> = {
  readonly [Kind in Kinds]: (operation: OperationOf<Kind>, schema: Schema) => readonly LockClaim[];
};

/** What is done to the rows while the lock is held. */
export type Effect = "none" | "scan" | "rewrite";

/** For operations that lock no table, or read tables only. */
export function noLocks(): readonly LockClaim[] {
  return [];
}

/** A lock on one table. What is rewritten is read as well. */
export function claim(
  schema: Schema,
  name: ObjectName,
  mode: LockMode,
  effect: Effect = "none",
): LockClaim {
  const table = schema.relationName(name);
  return { table, mode, scans: effect !== "none", rewrites: effect === "rewrite" };
}

/** The same lock on a table and all below it. A partitioned table has no rows of its own. */
export function claimFamily(
  schema: Schema,
  name: ObjectName,
  mode: LockMode,
  effect: Effect = "none",
): readonly LockClaim[] {
  const table = schema.table(name);
  if (table === undefined) return [claim(schema, name, mode, effect)];
  return family(schema, table).map((member) =>
    claim(schema, member.name, mode, member.partitionBy === undefined ? effect : "none"),
  );
}

/** One claim for each table: the strongest mode, and every effect. */
export function combined(claims: readonly LockClaim[]): readonly LockClaim[] {
  if (claims.length < 2) return claims;
  const byTable = new Map<string, LockClaim>();
  for (const each of claims) {
    const key = nameKey(each.table);
    const before = byTable.get(key);
    byTable.set(key, before === undefined ? each : union(before, each));
  }
  return [...byTable.values()];
}

function union(one: LockClaim, other: LockClaim): LockClaim {
  return {
    table: one.table,
    mode: isStronger(other.mode, one.mode) ? other.mode : one.mode,
    scans: one.scans || other.scans,
    rewrites: one.rewrites || other.rewrites,
  };
}
