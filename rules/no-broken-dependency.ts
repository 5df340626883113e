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

const change = (parent: string): string => `from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("shop", "${parent}")]
    operations = [
        migrations.AddField("item", "size", models.IntegerField(null=True)),
    ]`;

export default defineRule({
  id: "no-broken-dependency",
  summary: "Depend on migrations that are there",
  severity: "error",
  confidence: "high",
  category: "ordering",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-dependency-not-there"],
  condition:
    "A Django migration depends on one that its app does not have: its file was renamed, deleted or not committed. Or migrations depend on each other in a circle.",
  effect:
    "Django cannot load the migrations of any app (NodeNotFoundError, CircularDependencyError): `migrate`, `makemigrations` and the tests stop.",
  instead: "Restore the file, or correct the name in `dependencies`.",
  references: ["https://docs.djangoproject.com/en/5.2/topics/migrations/#dependencies"],
  examples: [
    {
      title: "A parent under its old name",
      language: "django",
      before: BEFORE,
      bad: change("0001_initial"),
      good: change("0001_before"),
    },
  ],
  checks: {
    migration(context) {
      for (const fault of context.faults) {
        if (fault.kind === "broken-dependency") {
          context.report(faultPlace(fault, context), fault.message);
        }
      }
    },
  },
});
