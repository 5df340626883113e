import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";
import { isSharedInUnique } from "../src/core/shared-default.ts";

export default defineRule({
  id: "no-shared-default-in-unique",
  summary: "Do not fill a unique column with one default",
  severity: "error",
  confidence: "high",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-uuid-default-unique"],
  condition:
    "ADD COLUMN with UNIQUE or PRIMARY KEY and a default that is the same in every row, on a table that exists already. Django calls `default=uuid.uuid4` once for all rows.",
  effect:
    "The statement fails with SQLSTATE 23505 as soon as the table holds two rows. On an empty database, as in a test, it passes.",
  instead:
    "Add the column as NULL without the constraint, give each row its own value in batches, then add the constraint. Django's documentation shows the three migrations.",
  references: [
    "https://docs.djangoproject.com/en/5.2/howto/writing-migrations/#migrations-that-add-unique-fields",
    "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-UNIQUE-CONSTRAINTS",
  ],
  examples: [
    {
      title: "A default in a unique column",
      before: "CREATE TABLE items (id bigint PRIMARY KEY); INSERT INTO items VALUES (1), (2);",
      bad: "ALTER TABLE items ADD COLUMN token text NOT NULL DEFAULT 'none' UNIQUE;",
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE items ADD COLUMN token text;`,
      fails: "23505",
    },
    {
      title: "A function that Django calls once",
      language: "django",
      before: `from django.db import migrations, models

class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel("Item", [("id", models.BigAutoField(primary_key=True))]),
        migrations.RunSQL("INSERT INTO shop_item VALUES (1), (2)", migrations.RunSQL.noop),
    ]`,
      bad: `import uuid
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        migrations.AddField("item", "token", models.UUIDField(default=uuid.uuid4, unique=True, null=True)),
    ]`,
      good: `import uuid
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        migrations.AddField("item", "token", models.UUIDField(null=True)),
    ]`,
      fails: "23505",
    },
  ],
  directions: ["up", "down"],
  checks: {
    "add-column"(operation, context) {
      if (!isSharedInUnique(operation, context)) return;
      const { table, column } = operation;
      context.report(
        operation,
        `Adding \`${displayIdentifier(column.name)}\` fails as soon as \`${displayName(table)}\` holds two rows: all of them get the same default, and the column is unique. Add it without default and constraint, and give each row its own value first.`,
        { table },
      );
    },
  },
});
