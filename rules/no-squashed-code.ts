import { faultPlace } from "../src/core/fault-place.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-squashed-code",
  summary: "Leave code that mended rows out of a squashed migration",
  severity: "info",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-squash-keeps-code"],

  condition:
    "A squashed Django migration runs code or SQL (RunPython, RunSQL) that is not marked `elidable`.",
  effect:
    "Every new database runs it on tables without rows, and the code that it names has to be kept for as long as the squash is.",
  instead:
    "Remove what only mended rows that were there; mark such operations `elidable=True` when they are written, so that `squashmigrations` leaves them out. Accept what new databases need, with the reason in a comment.",
  references: [
    "https://docs.djangoproject.com/en/5.2/ref/migration-operations/#django.db.migrations.operations.Operation.elidable",
  ],
  examples: [
    {
      title: "A data migration that came along",
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
    initial = True
    replaces = [("shop", "0001_before")]
    operations = [
        migrations.CreateModel("Item", [
            ("id", models.BigAutoField(primary_key=True)),
            ("name", models.TextField()),
        ]),
        migrations.RunSQL("UPDATE shop_item SET name = trim(name) WHERE name <> trim(name)", migrations.RunSQL.noop),
    ]`,
      good: `from django.db import migrations, models

class Migration(migrations.Migration):
    initial = True
    replaces = [("shop", "0001_before")]
    operations = [
        migrations.CreateModel("Item", [
            ("id", models.BigAutoField(primary_key=True)),
            ("name", models.TextField()),
        ]),
    ]`,
    },
  ],
  checks: {
    migration(context) {
      for (const fault of context.faults) {
        if (fault.kind === "squashed-code")
          context.report(faultPlace(fault, context), fault.message);
      }
    },
  },
});
