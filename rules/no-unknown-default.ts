import { faultPlace } from "../src/core/fault-place.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-unknown-default",
  summary: "Give a new column a default that its migration states",
  severity: "info",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-default-of-project-code"],

  condition:
    "The default that a Django migration fills a column with comes from code of the project, which is not run.",
  effect:
    "Which value the rows get is not known from the migration. On the throwaway database another value of the right type takes its place, and in production it changes with the code.",
  instead:
    "Write the value into the migration. Where each row needs its own, add the column as NULL and fill it in batches.",
  references: ["https://docs.djangoproject.com/en/5.2/topics/migrations/#migration-serializing"],
  examples: [
    {
      title: "A default of the project's code",
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
from shop import kinds


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        migrations.AddField("item", "kind", models.TextField(default=kinds.usual, null=True)),
    ]`,
      good: `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        migrations.AddField("item", "kind", models.TextField(default="usual", null=True)),
    ]`,
    },
  ],
  checks: {
    migration(context) {
      for (const fault of context.faults) {
        if (fault.kind !== "unknown-default") continue;
        context.report(
          faultPlace(fault, context),
          `What rows are filled with is not known: ${fault.message} is code of the project. Here a value of the same type takes its place. Write the value into the migration.`,
        );
      }
    },
  },
});
