import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-row-by-row-save",
  summary: "Write many rows with few statements",
  severity: "warning",
  confidence: "high",
  category: "transaction",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-row-by-row-save"],
  condition: "The code of a RunPython loops over a queryset and saves each object.",
  effect:
    "One UPDATE for each row, in one transaction: rows stay locked until the last is written, and a deployment waits for as long as a table of that size takes.",
  instead:
    "Use `bulk_update` in batches, or one UPDATE with an expression; for a large table outside of the migration.",
  references: ["https://docs.djangoproject.com/en/5.2/ref/models/querysets/#bulk-update"],
  examples: [
    {
      title: "A slug for every item",
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
    for item in Item.objects.filter(slug=None).iterator():
        item.slug = item.name.lower()
        item.save()


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
        if (kind !== "save-in-loop") continue;
        context.report(
          { written: span },
          `Each row of \`${subject}\` is an UPDATE of its own, and stays locked until the last is written. Write them in batches with bulk_update.`,
          table === undefined ? {} : { table },
        );
      }
    },
  },
});
