import type { Rule } from "../src/core/rule.ts";
import noAutoIncrementColumn from "./no-auto-increment-column.ts";
import noBlockingPrimaryKey from "./no-blocking-primary-key.ts";
import noBlockingUniqueConstraint from "./no-blocking-unique-constraint.ts";
import noConcurrentIndexOnPartitionedTable from "./no-concurrent-index-on-partitioned-table.ts";
import noConcurrentlyInTransaction from "./no-concurrently-in-transaction.ts";
import noConstrainedDomainColumn from "./no-constrained-domain-column.ts";
import noExclusionConstraint from "./no-exclusion-constraint.ts";
import noRequiredColumnWithoutDefault from "./no-required-column-without-default.ts";
import noSetNotNullScan from "./no-set-not-null-scan.ts";
import noStoredGeneratedColumn from "./no-stored-generated-column.ts";
import noValidateInSameTransaction from "./no-validate-in-same-transaction.ts";
import noVolatileDefault from "./no-volatile-default.ts";
import requireConcurrentIndex from "./require-concurrent-index.ts";
import requireConcurrentIndexDrop from "./require-concurrent-index-drop.ts";
import requireConcurrentPartitionDetach from "./require-concurrent-partition-detach.ts";
import requireConcurrentReindex from "./require-concurrent-reindex.ts";
import requireLockTimeout from "./require-lock-timeout.ts";
import requireNotValidCheck from "./require-not-valid-check.ts";
import requireNotValidForeignKey from "./require-not-valid-foreign-key.ts";

/** Every rule, sorted by id. */
export const rules: readonly Rule[] = [
  noAutoIncrementColumn,
  noBlockingPrimaryKey,
  noBlockingUniqueConstraint,
  noConcurrentIndexOnPartitionedTable,
  noConcurrentlyInTransaction,
  noConstrainedDomainColumn,
  noExclusionConstraint,
  noRequiredColumnWithoutDefault,
  noSetNotNullScan,
  noStoredGeneratedColumn,
  noValidateInSameTransaction,
  noVolatileDefault,
  requireConcurrentIndex,
  requireConcurrentIndexDrop,
  requireConcurrentPartitionDetach,
  requireConcurrentReindex,
  requireLockTimeout,
  requireNotValidCheck,
  requireNotValidForeignKey,
];
