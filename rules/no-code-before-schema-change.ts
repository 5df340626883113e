import { displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import { defineRule } from "../src/core/rule.ts";
import type { RuleContext } from "../src/core/rule-context.ts";

export default defineRule({
  id: "no-code-before-schema-change",
  summary: "Keep rows that code writes out of the transaction of a later schema change",
  severity: "warning",
  confidence: "high",
  category: "transaction",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-schema-and-data-in-one-migration"],
  condition:
    "The code of a RunPython inserts or deletes rows of a table with foreign keys, and a later operation of the same atomic migration changes that table or builds an index on it. Indexes and foreign keys that Django puts off until the end of the migration are later.",
  effect:
    "Foreign keys of Django's are checked at the end of the transaction: until then PostgreSQL refuses to alter the table (“pending trigger events”, SQLSTATE 55006). It happens only where there are such rows, so not in the tests.",
  instead: "Split the migration: rows in one, the schema in the next.",
  references: [
    "https://www.postgresql.org/docs/current/sql-set-constraints.html",
    "https://docs.djangoproject.com/en/5.2/howto/writing-migrations/#non-atomic-migrations",
  ],
  examples: [
    {
      title: "New rows, then a column",
      language: "django",
      before: `from django.db import migrations, models

class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel("Shelf", [
            ("id", models.BigAutoField(primary_key=True)),
        ]),
        migrations.CreateModel("Item", [
            ("id", models.BigAutoField(primary_key=True)),
            ("shelf", models.ForeignKey("shop.Shelf", models.CASCADE)),
        ]),
    ]`,
      bad: `from django.db import migrations, models


def fill(apps, schema_editor):
    Item = apps.get_model("shop", "Item")
    Item.objects.create(shelf_id=1)


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        # migrate-verify-ignore no-unverified-code tested in shop/tests/test_fill.py
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddField("item", "note", models.TextField(null=True)),
    ]`,
      good: `from django.db import migrations, models


def fill(apps, schema_editor):
    Item = apps.get_model("shop", "Item")
    Item.objects.create(shelf_id=1)


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        # migrate-verify-ignore no-unverified-code tested in shop/tests/test_fill.py
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
---
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("shop", "0002_change")]
    operations = [
        migrations.AddField("item", "note", models.TextField(null=True)),
    ]`,
    },
  ],
  checks: {
    "run-code"({ hazards }, context) {
      for (const { kind, span, table } of hazards) {
        if ((kind !== "insert" && kind !== "delete") || table === undefined) continue;
        if (!context.inTransaction()) return;
        const changed = kind === "insert" ? [table] : referencing(table, context);
        const later = context.laterInTransaction().find((one) => changes(one, changed, context));
        if (later === undefined) continue;
        context.report(
          { written: span },
          `Where this ${kind}s rows of \`${displayName(table)}\`, a later operation of the migration fails (SQLSTATE 55006): their foreign keys are checked at the end of the transaction, and until then the table cannot be altered. Move one of the two to a migration of its own.`,
          { table },
        );
      }
    },
  },
});

/** A deleted row is looked for in the tables that refer to it, and there the check is still to come. */
function referencing(table: ObjectName, context: RuleContext): ObjectName[] {
  return [table, ...context.referencing(table).map((one) => one.table.name)];
}

const CHANGES =
  /^(?:add|drop|rename|alter|set|validate)-(?:column|constraint|not-null|identity)|^(?:create-index|drop-table|alter-column-type|set-column-default|drop-column-default)$/;

function changes(
  operation: Operation,
  tables: readonly ObjectName[],
  context: RuleContext,
): boolean {
  if (!CHANGES.test(operation.kind) || !("table" in operation)) return false;
  const name = operation.table;
  if (name === undefined || !tables.some((one) => nameKey(one) === nameKey(name))) return false;
  const table = context.table(name);
  const own = table?.constraints.some(({ definition }) => definition.kind === "foreign-key");
  return own === true || context.referencing(name).length > 0;
}
