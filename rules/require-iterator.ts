import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-iterator",
  summary: "Read the rows of a data migration in pieces",
  severity: "info",
  confidence: "high",
  category: "transaction",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-unbatched-loop"],
  condition: "The code of a RunPython loops over a queryset without `.iterator()` or a slice.",
  effect:
    "Django reads all rows into memory before the loop begins: on a large table the process that migrates is killed.",
  instead: "Use `.iterator(chunk_size=…)`, or go over ranges of the primary key.",
  references: ["https://docs.djangoproject.com/en/5.2/ref/models/querysets/#iterator"],
  examples: [
    {
      title: "All rows at once",
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
    names = set()
    for item in Item.objects.all():
        names.add(item.name)


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        # migrate-verify-ignore no-unverified-code tested in shop/tests/test_fill.py
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]`,
      good: `from django.db import migrations, models


def fill(apps, schema_editor):
    Item = apps.get_model("shop", "Item")
    names = set()
    for item in Item.objects.all().iterator():
        names.add(item.name)


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
        if (kind !== "unbatched-loop") continue;
        context.report(
          { written: span },
          `Every row of \`${subject}\` is read into memory before the loop begins. Add .iterator().`,
          table === undefined ? {} : { table },
        );
      }
    },
  },
});
