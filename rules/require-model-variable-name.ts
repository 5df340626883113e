import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-model-variable-name",
  summary: "Name a historical model's variable after the model",
  severity: "info",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-runpython-model-variable"],
  optIn: true,
  condition:
    "The code of a RunPython assigns `apps.get_model` to a variable whose name does not have the model's in it.",
  effect: "Readers take the variable for another model.",
  instead: "Give the variable the name of the model.",
  references: ["https://docs.djangoproject.com/en/5.2/topics/migrations/#historical-models"],
  examples: [
    {
      title: "A variable of another name",
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
    Product = apps.get_model("shop", "Item")
    Product.objects.first()


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        # migrate-verify-ignore no-unverified-code tested in shop/tests/test_fill.py
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]`,
      good: `from django.db import migrations, models


def fill(apps, schema_editor):
    Item = apps.get_model("shop", "Item")
    Item.objects.first()


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
        if (kind !== "variable-name") continue;
        context.report(
          { written: span },
          `Readers take this for another model: \`${subject}\`. Name the variable after the model.`,
        );
      }
    },
  },
});
