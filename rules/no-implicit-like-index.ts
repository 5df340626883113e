import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-implicit-like-index",
  summary: "Know of the second index of an indexed text",
  severity: "info",
  confidence: "high",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-implicit-like-index"],
  optIn: true,
  condition:
    "Django indexes a CharField, SlugField or TextField with `db_index` or `unique`, and adds a second index for LIKE (`…_like`, varchar_pattern_ops).",
  effect:
    "Every write to the column maintains two indexes, and few queries use the second: only those with a prefix (`startswith`).",
  instead:
    "Where nobody searches by prefix, use `Meta.indexes` or a UniqueConstraint in place of `db_index` and `unique`.",
  references: [
    "https://docs.djangoproject.com/en/5.2/ref/databases/#indexes-for-varchar-and-text-columns",
  ],
  examples: [
    {
      title: "A unique code",
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
        migrations.CreateModel("Tag", [
            ("id", models.BigAutoField(primary_key=True)),
            ("code", models.CharField(max_length=20, unique=True)),
        ]),
    ]`,
      good: `from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        migrations.CreateModel(
            "Tag",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("code", models.CharField(max_length=20)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=["code"], name="unique_code")],
            },
        ),
    ]`,
    },
  ],
  checks: {
    "create-index"(operation, context) {
      const { name } = operation;
      if (context.framework !== "django" || name === undefined || !name.endsWith("_like")) return;
      context.report(
        operation,
        `Every write to this column of \`${displayName(operation.table)}\` maintains two indexes: this one is for LIKE alone. Use Meta.indexes or a UniqueConstraint where nobody searches by prefix.`,
        { table: operation.table },
      );
    },
  },
});
