import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-whole-table-write",
  summary: "Write the rows of a table in batches",
  severity: "warning",
  confidence: "high",
  category: "transaction",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-whole-table-write"],
  condition: "The code of a RunPython updates or deletes every row of a table with one statement.",
  effect:
    "All rows are locked until the migration's transaction ends, and each is written anew: code that writes to the table waits.",
  instead:
    "Go over ranges of the primary key, each in a transaction of its own (`atomic = False`).",
  references: [
    "https://docs.djangoproject.com/en/5.2/howto/writing-migrations/#non-atomic-migrations",
  ],
  examples: [
    {
      title: "An update of all rows",
      language: "django",
      before: `from django.db import migrations, models

class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel("Item", [
            ("id", models.BigAutoField(primary_key=True)),
            ("name", models.TextField()),
            ("slug", models.TextField(null=True)),
        ]),
    ]`,
      bad: `from django.db import migrations, models


def fill(apps, schema_editor):
    Item = apps.get_model("shop", "Item")
    Item.objects.update(slug="none")


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        # migrate-verify-ignore no-unverified-code tested in shop/tests/test_fill.py
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]`,
      good: `from django.db import migrations, models


def fill(apps, schema_editor):
    Item = apps.get_model("shop", "Item")
    batch = []
    for item in Item.objects.filter(slug=None).iterator():
        item.slug = item.name.lower()
        batch.append(item)
        if len(batch) == 1000:
            Item.objects.bulk_update(batch, ["slug"])
            batch = []
    Item.objects.bulk_update(batch, ["slug"])


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        # migrate-verify-ignore no-unverified-code tested in shop/tests/test_fill.py
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]`,
    },
  ],
  checks: {
    "run-code"({ hazards }, context) {
      for (const { kind, span, subject, table } of hazards) {
        if (kind !== "whole-table-write") continue;
        if (table !== undefined && context.isNewTable(table)) continue;
        context.report(
          { written: span },
          `Running code that writes to these rows waits: \`${subject}\` writes every row in one transaction. Write some thousand at a time, each batch in a transaction of its own.`,
          table === undefined ? {} : { table },
        );
      }
    },
  },
});
