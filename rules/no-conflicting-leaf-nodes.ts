import { defineRule } from "../src/core/rule.ts";
import { faultPlace } from "../src/core/fault-place.ts";

const BEFORE = `from django.db import migrations, models

class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel("Item", [
            ("id", models.BigAutoField(primary_key=True)),
        ]),
    ]`;

const FIRST = `from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        migrations.AddField("item", "size", models.IntegerField(null=True)),
    ]`;

const second = (parent: string): string => `from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("shop", "${parent}")]
    operations = [
        migrations.AddField("item", "colour", models.TextField(null=True)),
    ]`;

export default defineRule({
  id: "no-conflicting-leaf-nodes",
  summary: "Keep one last migration in each Django app",
  severity: "error",
  confidence: "high",
  category: "ordering",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-conflicting-leaf-nodes"],
  condition: "Two migrations of a Django app have the same parent, and none comes after both.",
  effect:
    "Django's `migrate` stops with “Conflicting migrations detected; multiple leaf nodes in the migration graph”, in every deployment. It happens when two branches add a migration each, and both are merged.",
  instead:
    "Make the newer one depend on the other and renumber it, or add a merge migration: `python manage.py makemigrations --merge`.",
  references: ["https://docs.djangoproject.com/en/5.2/topics/migrations/#version-control"],
  examples: [
    {
      title: "Two branches that added a migration each",
      language: "django",
      before: BEFORE,
      bad: `${FIRST}\n---\n${second("0001_before")}`,
      good: `${FIRST}\n---\n${second("0002_change")}`,
    },
  ],
  checks: {
    migration(context) {
      for (const fault of context.faults) {
        if (fault.kind === "conflicting-leaves") {
          context.report(faultPlace(fault, context), fault.message);
        }
      }
    },
  },
});
