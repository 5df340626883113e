import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-unverified-code",
  summary: "Show that code in a migration was tested",
  severity: "info",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-code-not-run"],
  condition: "A Django migration runs Python (RunPython). The code is read, and never run here.",
  effect:
    "What it does to the rows is not seen: rows that it changes wrongly, or does not change at all, show in production. A verification is not complete without it.",
  instead:
    "Test the code, and accept it in a comment that names the test: `# migrate-verify-ignore no-unverified-code tested in …`.",
  references: ["https://docs.djangoproject.com/en/5.2/ref/migration-operations/#runpython"],
  examples: [
    {
      title: "A data migration",
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
  directions: ["up", "down"],
  checks: {
    "run-code"(operation, context) {
      const name = operation.code === undefined ? "The code" : `\`${operation.code}\``;
      context.report(
        operation,
        `${name} is read and not run: no check has seen what it does to the rows. Test it, and name the test in a comment that accepts this.`,
      );
    },
  },
});
