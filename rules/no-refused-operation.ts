import { faultPlace } from "../src/core/fault-place.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-refused-operation",
  summary: "Write operations that Django can run, both ways",
  severity: "error",
  confidence: "high",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-reverse-that-fails"],
  condition:
    "An operation of a Django migration names a model or a field that is not there at that point, or asks for what Django refuses.",
  effect:
    "Django stops with an exception, on the way up or, later, when the migration is taken back. A reverse that asks for a field which comes back only after it is the usual case: AlterUniqueTogether after RemoveField.",
  instead:
    "Correct the name, or put the operations into an order that works both ways: first what uses the field, then the field.",
  references: ["https://docs.djangoproject.com/en/5.2/ref/migration-operations/"],
  examples: [
    {
      title: "A field that is not there",
      language: "django",
      before: `from django.db import migrations, models

class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel(
            "Item",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("name", models.TextField()),
                ("size", models.IntegerField(null=True)),
            ],
            options={"unique_together": {("name", "size")}},
        ),
    ]`,
      bad: `from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        migrations.RenameField("item", "weight", "mass"),
    ]`,
      good: `from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        migrations.AlterField("item", "size", models.IntegerField(null=True, help_text="in cm")),
    ]`,
    },
  ],
  checks: {
    migration(context) {
      for (const fault of context.faults) {
        if (fault.kind === "refused-operation") {
          context.report(
            faultPlace(fault, context),
            `Django stops here: ${fault.message}. Correct the operation.`,
          );
        } else if (fault.kind === "refused-reverse") {
          context.report(
            faultPlace(fault, context),
            `Django stops here when the migration is taken back: ${fault.message}. Order the operations so that both ways work.`,
            { severity: "warning" },
          );
        }
      }
    },
  },
});
