import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-partial-migration",
  summary: "Put one operation into a migration that is not atomic",
  severity: "warning",
  confidence: "high",
  category: "transaction",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-atomic-false-multi-op"],
  condition:
    "A Django migration has `atomic = False` and more than one operation that sends something.",
  effect:
    "Each statement commits by itself. When a later one fails, what came before stays, Django does not count the migration as applied, and running it again fails on what is there already.",
  instead: "Give each operation a migration of its own.",
  references: [
    "https://docs.djangoproject.com/en/5.2/howto/writing-migrations/#non-atomic-migrations",
  ],
  examples: [
    {
      title: "Two operations without a transaction",
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
    atomic = False
    operations = [
        migrations.AddField("item", "size", models.IntegerField(null=True)),
        migrations.AddField("item", "colour", models.TextField(null=True)),
    ]`,
      good: `from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        migrations.AddField("item", "size", models.IntegerField(null=True)),
        migrations.AddField("item", "colour", models.TextField(null=True)),
    ]`,
    },
  ],
  checks: {
    migration(context) {
      const { migration, framework } = context;
      const { compiled, execution } = migration.up;
      if (framework !== "django" || compiled === undefined || execution.transaction) return;
      const starts = new Set(compiled.origins.map(({ source }) => source.start));
      const sending = compiled.operations.filter(({ span }) =>
        [...starts].some((start) => span.start <= start && start < span.end),
      );
      const [, second] = sending;
      if (second === undefined) return;
      context.report(
        { written: second.span },
        `When this operation fails, what ran before it stays: the migration is not atomic, and running it again fails on what is there already. Give it a migration of its own.`,
      );
    },
  },
});
