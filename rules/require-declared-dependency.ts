import { faultPlace } from "../src/core/fault-place.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-declared-dependency",
  summary: "Depend on the migrations of the models that a migration refers to",
  severity: "warning",
  confidence: "high",
  category: "ordering",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-dependency-not-declared"],

  condition:
    "A relation of a Django migration names a model of another app, and neither its dependencies nor theirs lead to a migration of that app.",
  effect:
    "Django may run this migration before the one that makes the model, in a new database or in tests, and stops because the model cannot be resolved. Which order it takes changes with every migration that is added.",
  instead:
    "Add a migration of the other app to `dependencies`; for the user model `migrations.swappable_dependency(settings.AUTH_USER_MODEL)`.",
  references: ["https://docs.djangoproject.com/en/5.2/topics/migrations/#dependencies"],
  examples: [
    {
      title: "A relation to the user model",
      language: "django",
      before: `from django.db import migrations, models

class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel("Item", [
            ("id", models.BigAutoField(primary_key=True)),
            ("name", models.TextField()),
        ]),
    ]`,
      bad: `from django.db import migrations, models
from django.conf import settings


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        migrations.AddField("item", "owner", models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, db_constraint=False, db_index=False)),
    ]`,
      good: `from django.db import migrations, models
from django.conf import settings


class Migration(migrations.Migration):
    dependencies = [
        ("shop", "0001_before"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField("item", "owner", models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, db_constraint=False, db_index=False)),
    ]`,
    },
  ],
  checks: {
    migration(context) {
      for (const fault of context.faults) {
        if (fault.kind === "undeclared-dependency")
          context.report(faultPlace(fault, context), fault.message);
      }
    },
  },
});
