import type { DeclaredTable } from "../src/core/migration.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import type { Table } from "../src/core/schema-object.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-state-mismatch",
  summary: "Let state and database of a migration agree",
  severity: "error",
  confidence: "high",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["django-separate-state-mismatch"],

  condition:
    "A Django migration changes its state apart from the database (SeparateDatabaseAndState, `state_operations`), and afterwards a model has a table or a column that no statement made, or the table a column that the model lacks and that needs a value. Told as a warning: a column that the migration adds may hold NULL, and its field may not.",
  effect:
    "Every query of the model fails, as it names what is not there; or every INSERT, as it gives a column no value. Tests that run the migrations show it only where they touch the model.",
  instead: "Add what is missing to `database_operations`, or take it out of `state_operations`.",
  references: [
    "https://docs.djangoproject.com/en/5.2/ref/migration-operations/#separatedatabaseandstate",
  ],
  examples: [
    {
      title: "A field that only the state gets",
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
    dependencies = [("shop", "0001_before")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AddField("item", "size", models.IntegerField(null=True))],
        ),
    ]`,
      good: `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AddField("item", "size", models.IntegerField(null=True))],
            state_operations=[migrations.AddField("item", "size", models.IntegerField(null=True))],
        ),
    ]`,
    },
  ],
  checks: {
    migration(context) {
      if (context.direction === "down" || runsCode(context)) return;
      for (const declared of context.migration.declares ?? []) {
        const message = mismatch(declared, context);
        if (message !== undefined) context.report({ written: declared.span }, message);
        else tellNullable(declared, context);
      }
    },
  },
});

/** In what the database differs from what Django takes to be there; undefined: in nothing. */
function mismatch(
  { name, model, columns, isNew }: DeclaredTable,
  context: RuleContext,
): string | undefined {
  if (context.view({ name }) !== undefined || comesLater(name, context)) return undefined;
  const table = context.table({ name });
  if (table === undefined) {
    // Another migration's code may have made it before.
    if (!isNew) return undefined;
    return `Every query of ${model} fails: its table \`${name}\` is in Django's state, and no statement made it. Make it, or name the table that is there.`;
  }
  if (isKeyAlone(table)) return undefined;
  const missing = columns.find((one) => table.columns.every((column) => column.name !== one.name));
  if (missing !== undefined) {
    return `Every query of ${model} fails: its column \`${missing.name}\` is in Django's state, and not in \`${name}\`. Add it to the database, too.`;
  }
  const left = table.columns.find(
    (column) =>
      column.notNull &&
      column.default === undefined &&
      column.identity === undefined &&
      column.generated === undefined &&
      !column.type.serial &&
      columns.every((one) => one.name !== column.name),
  );
  if (left === undefined) return undefined;
  return `Every INSERT of ${model} fails: \`${name}\` has the column \`${left.name}\`, which needs a value and is not in Django's state. Drop it, or give it a default.`;
}

/** A column that this migration adds, and that may be empty where Django's state says that it never is. */
function tellNullable({ name, model, columns }: DeclaredTable, context: RuleContext): void {
  const table = context.table({ name });
  for (const operation of context.operations) {
    if (operation.kind !== "add-column" || operation.table.name !== name) continue;
    const column = operation.column.name;
    const isEmptyable = table?.columns.some((one) => one.name === column && !one.notNull);
    const isDeclared = columns.some((one) => one.name === column && one.notNull);
    if (isEmptyable !== true || !isDeclared) continue;
    const message = `Code that counts on a value meets NULL: \`${name}\`.\`${column}\` may hold it, and the field of ${model} in Django's state may not. Add NOT NULL, or give the field \`null=True\`.`;
    context.report(operation, message, { severity: "warning" });
  }
}

/** Code of the migration is not run, and may make what its SQL does not. */
function runsCode(context: RuleContext): boolean {
  return context.operations.some(({ kind }) => kind === "run-code");
}

/** A move of a model takes several migrations, in two apps: what the last of them leaves counts. */
function comesLater(name: string, context: RuleContext): boolean {
  const isMade = context
    .laterMigrations("rename-table", "create-table")
    .some((operation) =>
      operation.kind === "rename-table"
        ? operation.to === name
        : operation.kind === "create-table" && operation.table.name === name,
    );
  return isMade || context.isDeclaredLater(name);
}

/** Of a table that code made, or another project, no more is known than what refers to it. */
function isKeyAlone({ columns }: Table): boolean {
  return columns.length === 1;
}
