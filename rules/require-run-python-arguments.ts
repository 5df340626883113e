import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-run-python-arguments",
  summary: "Name the arguments of RunPython's functions as Django does",
  severity: "info",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-runpython-args-naming"],
  optIn: true,
  condition: "The function of a RunPython does not name its arguments `apps` and `schema_editor`.",
  effect:
    "Readers look for `apps.get_model` and `schema_editor.connection`; other names hide which is which.",
  instead: "Name them `apps` and `schema_editor`; a leading underscore says that one is not used.",
  references: ["https://docs.djangoproject.com/en/5.2/ref/migration-operations/#runpython"],
  examples: [
    {
      title: "Other names",
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


def fill(registry_of_models, editor):
    pass


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        # migrate-verify-ignore no-unverified-code tested in shop/tests/test_fill.py
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]`,
      good: `from django.db import migrations, models


def fill(apps, schema_editor):
    pass


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
        if (kind !== "argument-names") continue;
        context.report(
          { written: span },
          `Readers cannot tell which argument is which: these are called \`${subject}\`. Name them apps and schema_editor.`,
        );
      }
    },
  },
});
