import type { Rule } from "../src/core/rule.ts";
import noAlterAfterDeferredWrite from "./no-alter-after-deferred-write.ts";
import noAmbiguousOverload from "./no-ambiguous-overload.ts";
import noAttachPartitionScan from "./no-attach-partition-scan.ts";
import noAuthSchemaReference from "./no-auth-schema-reference.ts";
import noAutoIncrementColumn from "./no-auto-increment-column.ts";
import noAutovacuumOff from "./no-autovacuum-off.ts";
import noBackfillWithSchemaChange from "./no-backfill-with-schema-change.ts";
import noBlockedChange from "./no-blocked-change.ts";
import noBlockingPrimaryKey from "./no-blocking-primary-key.ts";
import noBlockingUniqueConstraint from "./no-blocking-unique-constraint.ts";
import noBroadGrant from "./no-broad-grant.ts";
import noBrokenDependency from "./no-broken-dependency.ts";
import noCachedPlanChange from "./no-cached-plan-change.ts";
import noChar from "./no-char.ts";
import noClockInCheck from "./no-clock-in-check.ts";
import noCodeBeforeSchemaChange from "./no-code-before-schema-change.ts";
import noColumnTypeRewrite from "./no-column-type-rewrite.ts";
import noCommitInMigration from "./no-commit-in-migration.ts";
import noCompositeTypeChange from "./no-composite-type-change.ts";
import noConcurrentIndexIfNotExists from "./no-concurrent-index-if-not-exists.ts";
import noConcurrentIndexOnPartitionedTable from "./no-concurrent-index-on-partitioned-table.ts";
import noConcurrentlyInTransaction from "./no-concurrently-in-transaction.ts";
import noConflictingLeafNodes from "./no-conflicting-leaf-nodes.ts";
import noConstrainedDomainColumn from "./no-constrained-domain-column.ts";
import noConstraintIndexDrop from "./no-constraint-index-drop.ts";
import noDefaultChange from "./no-default-change.ts";
import noDefaultPartition from "./no-default-partition.ts";
import noDefinerView from "./no-definer-view.ts";
import noDeleteWithoutFilter from "./no-delete-without-filter.ts";
import noDisabledTrigger from "./no-disabled-trigger.ts";
import noDiscardedWork from "./no-discarded-work.ts";
import noDomainScan from "./no-domain-scan.ts";
import noDropCascade from "./no-drop-cascade.ts";
import noDropColumn from "./no-drop-column.ts";
import noDropConflictTarget from "./no-drop-conflict-target.ts";
import noDropConstraint from "./no-drop-constraint.ts";
import noDropDatabase from "./no-drop-database.ts";
import noDropInUse from "./no-drop-in-use.ts";
import noDropNotNull from "./no-drop-not-null.ts";
import noDropPrimaryKey from "./no-drop-primary-key.ts";
import noDropSchema from "./no-drop-schema.ts";
import noDropTable from "./no-drop-table.ts";
import noDropThenAddColumn from "./no-drop-then-add-column.ts";
import noDropView from "./no-drop-view.ts";
import noDuplicateVersion from "./no-duplicate-version.ts";
import noEarlyRequirement from "./no-early-requirement.ts";
import noEditedMigration from "./no-edited-migration.ts";
import noEmptyDown from "./no-empty-down.ts";
import noEnumValueRemoval from "./no-enum-value-removal.ts";
import noEnumValueUseInSameTransaction from "./no-enum-value-use-in-same-transaction.ts";
import noExclusionConstraint from "./no-exclusion-constraint.ts";
import noExplicitSequenceValue from "./no-explicit-sequence-value.ts";
import noExposedView from "./no-exposed-view.ts";
import noExtensionInPublic from "./no-extension-in-public.ts";
import noExtensionUpdate from "./no-extension-update.ts";
import noFloatForMoney from "./no-float-for-money.ts";
import noForbiddenType from "./no-forbidden-type.ts";
import noForwardReference from "./no-forward-reference.ts";
import noHalfAppliedMigration from "./no-half-applied-migration.ts";
import noIdentityChange from "./no-identity-change.ts";
import noImplicitLikeIndex from "./no-implicit-like-index.ts";
import noIncompatibleReplacement from "./no-incompatible-replacement.ts";
import noInheritanceRemoval from "./no-inheritance-removal.ts";
import noLockTable from "./no-lock-table.ts";
import noLongIdentifier from "./no-long-identifier.ts";
import noMisleadingIfNotExists from "./no-misleading-if-not-exists.ts";
import noModelImportInMigration from "./no-model-import-in-migration.ts";
import noMoney from "./no-money.ts";
import noMovingDependency from "./no-moving-dependency.ts";
import noNewEnumValue from "./no-new-enum-value.ts";
import noNewWriteRestriction from "./no-new-write-restriction.ts";
import noNontransactionalStatementInTransaction from "./no-nontransactional-statement-in-transaction.ts";
import noNullComparison from "./no-null-comparison.ts";
import noOpenPolicy from "./no-open-policy.ts";
import noOutOfOrderMigration from "./no-out-of-order-migration.ts";
import noOverlappingPolicies from "./no-overlapping-policies.ts";
import noPartialMigration from "./no-partial-migration.ts";
import noPartialSquash from "./no-partial-squash.ts";
import noPolicyChange from "./no-policy-change.ts";
import noPolicyWithoutRowSecurity from "./no-policy-without-row-security.ts";
import noPrivilegeChangeWithSchemaChange from "./no-privilege-change-with-schema-change.ts";
import noProviderMismatch from "./no-provider-mismatch.ts";
import noPublicDefinerFunction from "./no-public-definer-function.ts";
import noQuotedName from "./no-quoted-name.ts";
import noRedundantIndex from "./no-redundant-index.ts";
import noRefusedOperation from "./no-refused-operation.ts";
import noRenameColumn from "./no-rename-column.ts";
import noRenameEnumValue from "./no-rename-enum-value.ts";
import noRenameSchema from "./no-rename-schema.ts";
import noRenameTable from "./no-rename-table.ts";
import noRenameType from "./no-rename-type.ts";
import noRepeatedColumn from "./no-repeated-column.ts";
import noReplicaIdentityChange from "./no-replica-identity-change.ts";
import noRequiredColumnWithoutDefault from "./no-required-column-without-default.ts";
import noRevoke from "./no-revoke.ts";
import noRewriteRule from "./no-rewrite-rule.ts";
import noRoundedTimestamp from "./no-rounded-timestamp.ts";
import noRoutineOptionChange from "./no-routine-option-change.ts";
import noRowByRowSave from "./no-row-by-row-save.ts";
import noRowPolicyCall from "./no-row-policy-call.ts";
import noSecret from "./no-secret.ts";
import noSeedRows from "./no-seed-rows.ts";
import noSelectStar from "./no-select-star.ts";
import noSequenceChange from "./no-sequence-change.ts";
import noServerSetting from "./no-server-setting.ts";
import noSetLocalOutsideTransaction from "./no-set-local-outside-transaction.ts";
import noSetNotNullScan from "./no-set-not-null-scan.ts";
import noSettingInMigration from "./no-setting-in-migration.ts";
import noSharedDefaultInUnique from "./no-shared-default-in-unique.ts";
import noSquashedCode from "./no-squashed-code.ts";
import noStaleFunction from "./no-stale-function.ts";
import noStateMismatch from "./no-state-mismatch.ts";
import noStoredGeneratedColumn from "./no-stored-generated-column.ts";
import noTableRewrite from "./no-table-rewrite.ts";
import noTimeoutOnConcurrentBuild from "./no-timeout-on-concurrent-build.ts";
import noTruncate from "./no-truncate.ts";
import noUnbatchedBackfill from "./no-unbatched-backfill.ts";
import noUnenforcedConstraint from "./no-unenforced-constraint.ts";
import noUnknownDefault from "./no-unknown-default.ts";
import noUnloggedTable from "./no-unlogged-table.ts";
import noUnparsedStatement from "./no-unparsed-statement.ts";
import noUnreadBlock from "./no-unread-block.ts";
import noUnresolvedDataLossWarning from "./no-unresolved-data-loss-warning.ts";
import noUntrustedCode from "./no-untrusted-code.ts";
import noUntrustedExtension from "./no-untrusted-extension.ts";
import noUnusedSuppression from "./no-unused-suppression.ts";
import noUnverifiedCode from "./no-unverified-code.ts";
import noValidateInSameTransaction from "./no-validate-in-same-transaction.ts";
import noVolatileDefault from "./no-volatile-default.ts";
import noWholeTableWrite from "./no-whole-table-write.ts";
import noWideLockWindow from "./no-wide-lock-window.ts";
import preferBigintPrimaryKey from "./prefer-bigint-primary-key.ts";
import preferIdentity from "./prefer-identity.ts";
import preferIfNotExists from "./prefer-if-not-exists.ts";
import preferJsonb from "./prefer-jsonb.ts";
import preferNoData from "./prefer-no-data.ts";
import preferNotNull from "./prefer-not-null.ts";
import preferNotNullNotValid from "./prefer-not-null-not-valid.ts";
import preferOneAlter from "./prefer-one-alter.ts";
import preferText from "./prefer-text.ts";
import preferTimestamptz from "./prefer-timestamptz.ts";
import requireAnalyze from "./require-analyze.ts";
import requireColumns from "./require-columns.ts";
import requireComment from "./require-comment.ts";
import requireCommit from "./require-commit.ts";
import requireConcurrentIndex from "./require-concurrent-index.ts";
import requireConcurrentIndexDrop from "./require-concurrent-index-drop.ts";
import requireConcurrentIndexName from "./require-concurrent-index-name.ts";
import requireConcurrentPartitionDetach from "./require-concurrent-partition-detach.ts";
import requireConcurrentRefresh from "./require-concurrent-refresh.ts";
import requireConcurrentReindex from "./require-concurrent-reindex.ts";
import requireDeclaredDependency from "./require-declared-dependency.ts";
import requireDown from "./require-down.ts";
import requireEligibleConstraintIndex from "./require-eligible-constraint-index.ts";
import requireEnumValuePosition from "./require-enum-value-position.ts";
import requireExtensionVersion from "./require-extension-version.ts";
import requireForeignKeyIndex from "./require-foreign-key-index.ts";
import requireForeignKeyTargetKey from "./require-foreign-key-target-key.ts";
import requireFunctionSearchPath from "./require-function-search-path.ts";
import requireImmutableIndexExpression from "./require-immutable-index-expression.ts";
import requireIndexBeforeDrop from "./require-index-before-drop.ts";
import requireInsertColumns from "./require-insert-columns.ts";
import requireIterator from "./require-iterator.ts";
import requireLockTimeout from "./require-lock-timeout.ts";
import requireMatchingForeignKeyType from "./require-matching-foreign-key-type.ts";
import requireModelVariableName from "./require-model-variable-name.ts";
import requireNamingStyle from "./require-naming-style.ts";
import requireNotValidCheck from "./require-not-valid-check.ts";
import requireNotValidForeignKey from "./require-not-valid-foreign-key.ts";
import requirePartitionKeyInUnique from "./require-partition-key-in-unique.ts";
import requirePrimaryKey from "./require-primary-key.ts";
import requireReverseOperation from "./require-reverse-operation.ts";
import requireRowSecurity from "./require-row-security.ts";
import requireRowSecurityPolicy from "./require-row-security-policy.ts";
import requireRunPythonArguments from "./require-run-python-arguments.ts";
import requireSchemaName from "./require-schema-name.ts";
import requireStatementTimeout from "./require-statement-timeout.ts";
import requireSuppressionReason from "./require-suppression-reason.ts";
import requireTypeChangeUsing from "./require-type-change-using.ts";
import requireValidation from "./require-validation.ts";
import requireWritePolicy from "./require-write-policy.ts";

/** Every rule, sorted by id. */
export const rules: readonly Rule[] = [
  noAlterAfterDeferredWrite,
  noAmbiguousOverload,
  noAttachPartitionScan,
  noAuthSchemaReference,
  noAutoIncrementColumn,
  noAutovacuumOff,
  noBackfillWithSchemaChange,
  noBlockedChange,
  noBlockingPrimaryKey,
  noBlockingUniqueConstraint,
  noBroadGrant,
  noBrokenDependency,
  noCachedPlanChange,
  noChar,
  noClockInCheck,
  noCodeBeforeSchemaChange,
  noColumnTypeRewrite,
  noCommitInMigration,
  noCompositeTypeChange,
  noConcurrentIndexIfNotExists,
  noConcurrentIndexOnPartitionedTable,
  noConcurrentlyInTransaction,
  noConflictingLeafNodes,
  noConstrainedDomainColumn,
  noConstraintIndexDrop,
  noDefaultChange,
  noDefaultPartition,
  noDefinerView,
  noDeleteWithoutFilter,
  noDisabledTrigger,
  noDiscardedWork,
  noDomainScan,
  noDropCascade,
  noDropColumn,
  noDropConflictTarget,
  noDropConstraint,
  noDropDatabase,
  noDropInUse,
  noDropNotNull,
  noDropPrimaryKey,
  noDropSchema,
  noDropTable,
  noDropThenAddColumn,
  noDropView,
  noDuplicateVersion,
  noEarlyRequirement,
  noEditedMigration,
  noEmptyDown,
  noEnumValueRemoval,
  noEnumValueUseInSameTransaction,
  noExclusionConstraint,
  noExplicitSequenceValue,
  noExposedView,
  noExtensionInPublic,
  noExtensionUpdate,
  noFloatForMoney,
  noForbiddenType,
  noForwardReference,
  noHalfAppliedMigration,
  noIdentityChange,
  noImplicitLikeIndex,
  noIncompatibleReplacement,
  noInheritanceRemoval,
  noLockTable,
  noLongIdentifier,
  noMisleadingIfNotExists,
  noModelImportInMigration,
  noMoney,
  noMovingDependency,
  noNewEnumValue,
  noNewWriteRestriction,
  noNontransactionalStatementInTransaction,
  noNullComparison,
  noOpenPolicy,
  noOutOfOrderMigration,
  noOverlappingPolicies,
  noPartialMigration,
  noPartialSquash,
  noPolicyChange,
  noPolicyWithoutRowSecurity,
  noPrivilegeChangeWithSchemaChange,
  noProviderMismatch,
  noPublicDefinerFunction,
  noQuotedName,
  noRedundantIndex,
  noRefusedOperation,
  noRenameColumn,
  noRenameEnumValue,
  noRenameSchema,
  noRenameTable,
  noRenameType,
  noRepeatedColumn,
  noReplicaIdentityChange,
  noRequiredColumnWithoutDefault,
  noRevoke,
  noRewriteRule,
  noRoundedTimestamp,
  noRoutineOptionChange,
  noRowByRowSave,
  noRowPolicyCall,
  noSecret,
  noSeedRows,
  noSelectStar,
  noSequenceChange,
  noServerSetting,
  noSetLocalOutsideTransaction,
  noSetNotNullScan,
  noSettingInMigration,
  noSharedDefaultInUnique,
  noSquashedCode,
  noStaleFunction,
  noStateMismatch,
  noStoredGeneratedColumn,
  noTableRewrite,
  noTimeoutOnConcurrentBuild,
  noTruncate,
  noUnbatchedBackfill,
  noUnenforcedConstraint,
  noUnknownDefault,
  noUnloggedTable,
  noUnparsedStatement,
  noUnreadBlock,
  noUnresolvedDataLossWarning,
  noUntrustedCode,
  noUntrustedExtension,
  noUnusedSuppression,
  noUnverifiedCode,
  noValidateInSameTransaction,
  noVolatileDefault,
  noWholeTableWrite,
  noWideLockWindow,
  preferBigintPrimaryKey,
  preferIdentity,
  preferIfNotExists,
  preferJsonb,
  preferNoData,
  preferNotNull,
  preferNotNullNotValid,
  preferOneAlter,
  preferText,
  preferTimestamptz,
  requireAnalyze,
  requireColumns,
  requireComment,
  requireCommit,
  requireConcurrentIndex,
  requireConcurrentIndexDrop,
  requireConcurrentIndexName,
  requireConcurrentPartitionDetach,
  requireConcurrentRefresh,
  requireConcurrentReindex,
  requireDeclaredDependency,
  requireDown,
  requireEligibleConstraintIndex,
  requireEnumValuePosition,
  requireExtensionVersion,
  requireForeignKeyIndex,
  requireForeignKeyTargetKey,
  requireFunctionSearchPath,
  requireImmutableIndexExpression,
  requireIndexBeforeDrop,
  requireInsertColumns,
  requireIterator,
  requireLockTimeout,
  requireMatchingForeignKeyType,
  requireModelVariableName,
  requireNamingStyle,
  requireNotValidCheck,
  requireNotValidForeignKey,
  requirePartitionKeyInUnique,
  requirePrimaryKey,
  requireReverseOperation,
  requireRowSecurity,
  requireRowSecurityPolicy,
  requireRunPythonArguments,
  requireSchemaName,
  requireStatementTimeout,
  requireSuppressionReason,
  requireTypeChangeUsing,
  requireValidation,
  requireWritePolicy,
];
