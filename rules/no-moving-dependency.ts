import { faultPlace } from "../src/core/fault-place.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-moving-dependency",
  summary: "Depend on a migration by its name",
  severity: "warning",
  confidence: "high",
  category: "ordering",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-dependency-that-moves"],

  condition: "A Django migration depends on `__latest__` of another app.",
  effect:
    "Each new migration of that app moves behind this one: databases that ran it before, and new ones, run the two in different orders, and a circle is one dependency away.",
  instead: "Name the migration whose tables or rows are needed.",
  references: ["https://docs.djangoproject.com/en/5.2/topics/migrations/#dependencies"],
  examples: [
    {
      title: "Whatever comes last",
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


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before"), ("contenttypes", "__latest__")]
    operations = [
        migrations.AlterField("item", "name", models.TextField(help_text="On the label")),
    ]`,
      good: `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before"), ("contenttypes", "0002_remove_content_type_name")]
    operations = [
        migrations.AlterField("item", "name", models.TextField(help_text="On the label")),
    ]`,
    },
  ],
  checks: {
    migration(context) {
      for (const fault of context.faults) {
        if (fault.kind === "moving-dependency")
          context.report(faultPlace(fault, context), fault.message);
      }
    },
  },
});
