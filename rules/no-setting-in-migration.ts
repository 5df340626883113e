import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-setting-in-migration",
  summary: "Keep settings out of a migration's code",
  severity: "info",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-setting-in-migration"],
  optIn: true,
  condition: "The code of a RunPython reads Django's settings.",
  effect:
    "The migration does one thing in one environment and another elsewhere, or after the setting has changed.",
  instead: "Write the value into the migration.",
  references: ["https://docs.djangoproject.com/en/5.2/topics/migrations/#data-migrations"],
  examples: [
    {
      title: "A value of the settings",
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
      bad: `from django.conf import settings
from django.db import migrations, models


def fill(apps, schema_editor):
    Item = apps.get_model("shop", "Item")
    Item.objects.filter(slug=settings.DEFAULT_SLUG).first()


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        # migrate-verify-ignore no-unverified-code tested in shop/tests/test_fill.py
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]`,
      good: `from django.db import migrations, models


def fill(apps, schema_editor):
    Item = apps.get_model("shop", "Item")
    Item.objects.filter(slug="none").first()


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
      for (const { kind, span } of hazards) {
        if (kind !== "setting") continue;
        context.report(
          { written: span },
          "What this migration does depends on the environment that it runs in: its code reads the settings. Write the value into the migration.",
        );
      }
    },
  },
});
