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

const squash = (replaced: string): string => `from django.db import migrations, models

class Migration(migrations.Migration):
    initial = True
    replaces = [${replaced}]
    operations = [
        migrations.CreateModel("Item", [
            ("id", models.BigAutoField(primary_key=True)),
        ]),
    ]`;

export default defineRule({
  id: "no-partial-squash",
  summary: "Remove the migrations that a squashed one replaces all together",
  severity: "warning",
  confidence: "high",
  category: "ordering",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-partial-squash"],
  condition:
    "A squashed Django migration's `replaces` names migrations that are there and others that are not.",
  effect:
    "A database that ran those which are there does not count the squashed one as applied: Django runs it again over the tables that they made, or cannot load it.",
  instead:
    "Correct the names, keep all the files that it replaces until every database has run them, and then remove them together with `replaces`.",
  references: ["https://docs.djangoproject.com/en/5.2/topics/migrations/#squashing-migrations"],
  examples: [
    {
      title: "A squash that names a migration that is gone",
      language: "django",
      before: BEFORE,
      bad: squash('("shop", "0001_before"), ("shop", "0002_size")'),
      good: squash('("shop", "0001_before")'),
    },
  ],
  checks: {
    migration(context) {
      for (const fault of context.faults) {
        if (fault.kind === "partial-squash") {
          context.report(faultPlace(fault, context), fault.message);
        }
      }
    },
  },
});
