const PROGRAMS = "not yet: migrations that are programs are named, not read";

/** The hazards that one framework has and SQL by itself has not: each by its id, with the reason where no rule finds it. */
export const FRAMEWORK_HAZARDS: Readonly<Record<string, string | undefined>> = {
  "prisma-data-loss-warning-header": undefined,
  "prisma-concurrent-index-mixed": undefined,
  "prisma-rename-as-drop-add": undefined,
  "prisma-enum-recreate": undefined,
  "prisma-migration-lock-mismatch": undefined,
  "prisma-required-field-old-rows": undefined,
  "django-runpython-args-naming": undefined,
  "django-runpython-model-variable": undefined,
  "django-default-dropped-after-add": undefined,
  "django-concurrent-index-needs-atomic-false": undefined,
  "django-atomic-false-multi-op": undefined,
  "django-schema-and-data-in-one-migration": undefined,
  "django-conflicting-leaf-nodes": undefined,
  "django-implicit-like-index": undefined,
  "django-separate-state-mismatch": undefined,
  "django-sql-not-renderable":
    "no rule, but the report: nothing is rendered by `sqlmigrate`, and an operation that cannot be compiled is not verified, which fails the check",
  "django-dependency-not-there": undefined,
  "django-dependency-not-declared": undefined,
  "django-dependency-that-moves": undefined,
  "django-partial-squash": undefined,
  "django-squash-keeps-code": undefined,
  "django-edited-or-deleted-migration": undefined,
  "django-two-migrations-of-one-number":
    "the graph orders them, not their numbers; where both are the last, no-conflicting-leaf-nodes speaks",
  "django-irreversible-operation": undefined,
  "django-noop-reverse":
    "no rule, but the verification: a down that does nothing has the verdict “no-op”, and up again shows what is not idempotent",
  "django-reverse-that-fails": undefined,
  "django-model-import": undefined,
  "django-row-by-row-save": undefined,
  "django-unbatched-loop": undefined,
  "django-whole-table-write": undefined,
  "django-code-not-run": undefined,
  "django-default-of-project-code": undefined,
  "django-uuid-default-unique": undefined,
  "django-blank-text-made-required":
    "no rule, but the verification: rows with NULL are in the tables, and Django fills them or the step fails",
  "django-on-delete-only":
    "no rule of its own: it sends nothing before Django 6.1, and from then on the foreign key that is made anew is what the rules of foreign keys see",
  "django-no-database-effect":
    "no rule, but the report: such a migration is classed as one that does nothing",
  "django-setting-in-migration": undefined,
  "tsjs-dynamic-sql": PROGRAMS,
  "tsjs-unawaited-schema-call": PROGRAMS,
  "tsjs-transaction-flag-missing": PROGRAMS,
  "tsjs-conditional-ddl": PROGRAMS,
  "rails-style-cannot-inspect-change-table": PROGRAMS,
  "liquibase-run-in-transaction": "not yet: Liquibase's changelogs are named, not read",
  "drizzle-journal-timestamp-out-of-order": undefined,
  "drizzle-journal-inconsistent":
    "no rule, but the report: an entry without a file, and a file without an entry, are named, and fail the check; snapshots are `drizzle-kit check`'s",
  "drizzle-statement-breakpoint-missing":
    "no hazard on PostgreSQL, which takes several statements in one query; drivers that do not (Neon over HTTP) are not seen from here",
  "drizzle-concurrently-inside-wrapper": undefined,
};
