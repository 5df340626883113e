import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-model-import-in-migration",
  summary: "Take models from the migration's apps, not from the code",
  severity: "warning",
  confidence: "high",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-model-import"],
  condition: "The code of a RunPython uses a model that is imported from the application.",
  effect:
    "The imported class has the columns of today's code, and the database those of this migration: once the model changes, the migration fails on every new database. Its save() and signals run as well.",
  instead: 'Ask for the historical model: `apps.get_model("shop", "Item")`.',
  references: ["https://docs.djangoproject.com/en/5.2/topics/migrations/#historical-models"],
  examples: [
    {
      title: "A model of the running code",
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
    from shop.models import Item

    Item.objects.filter(slug=None)[:1000]


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
      for (const { kind, span, subject } of hazards) {
        if (kind !== "model-import") continue;
        context.report(
          { written: span },
          `This fails on new databases once the model changes: \`${subject}\` is the class of today's code, not of this point of the history. Use apps.get_model.`,
        );
      }
    },
  },
});
