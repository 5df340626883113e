import { faultPlace } from "../src/core/fault-place.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-reverse-operation",
  summary: "Give RunPython and RunSQL a reverse",
  severity: "warning",
  confidence: "high",
  category: "reversibility",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-irreversible-operation"],
  condition:
    "A RunPython of a Django migration has no `reverse_code`, or a RunSQL no `reverse_sql`.",
  effect:
    "Django refuses to take the migration back (IrreversibleError) before it undoes anything: a release that has to go back cannot.",
  instead:
    "Write the reverse; where nothing has to be undone, say so with `RunPython.noop` or `RunSQL.noop`.",
  references: [
    "https://docs.djangoproject.com/en/5.2/ref/migration-operations/#runpython",
    "https://docs.djangoproject.com/en/5.2/ref/migration-operations/#runsql",
  ],
  examples: [
    {
      title: "SQL without its reverse",
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

class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        migrations.RunSQL("CREATE VIEW item_names AS SELECT name FROM shop_item"),
    ]`,
      good: `from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        migrations.RunSQL(
            "CREATE VIEW item_names AS SELECT name FROM shop_item",
            "DROP VIEW item_names",
        ),
    ]`,
    },
  ],
  checks: {
    migration(context) {
      for (const fault of context.faults) {
        if (fault.kind !== "irreversible-operation") continue;
        context.report(
          faultPlace(fault, context),
          `Django refuses to take this migration back: ${fault.message}. Write the reverse, or name a noop where nothing has to be undone.`,
        );
      }
    },
  },
});
