import { compileMigration, emptyState } from "../src/django/compiler/compile-migration.ts";
import { readMigration } from "../src/django/migration/read-migration.ts";
import { readModule } from "../src/django/python/module.ts";

const COUNT = 1400;

/** Prints how long a history of Django migrations takes to be read and compiled, cold and warm. */
export function printDjangoTiming(): void {
  const history = Array.from({ length: COUNT }, (_, index) => djangoMigration(index));
  const [cold, warm] = [compileHistory(history), compileHistory(history)];
  const label = `${COUNT} Django migrations read and compiled, in this process`;
  console.log(
    `${label.padEnd(58)} ${cold.toFixed(0).padStart(6)} ms  (again ${warm.toFixed(0)} ms)`,
  );
}

/** A Django migration as `makemigrations` writes it. */
function djangoMigration(number: number): string {
  const model = `Model${Math.floor(number / 4)}`;
  const operations = [
    `migrations.CreateModel(name="${model}", fields=[("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")), ("name", models.CharField(max_length=80, unique=True)), ("amount", models.DecimalField(decimal_places=2, default=0, max_digits=12)), ("created", models.DateTimeField(auto_now_add=True))])`,
    `migrations.AddField(model_name="${model}", name="parent", field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to="shop.${model}"))`,
    `migrations.AlterField(model_name="${model}", name="name", field=models.CharField(default="", help_text="What it is called", max_length=120))`,
    `migrations.AddIndex(model_name="${model}", index=models.Index(fields=["created", "-amount"], name="index_${number}"))`,
  ];
  const previous = `("shop", "${String(number).padStart(4, "0")}_step")`;
  return `import django.db.models.deletion\nfrom django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n\n    dependencies = [\n        ${previous},\n    ]\n\n    operations = [\n        ${operations[number % 4]},\n    ]\n`;
}

/** Reads Django migrations and compiles them in both directions, in this process. */
function compileHistory(texts: readonly string[]): number {
  const startedAt = performance.now();
  let state = emptyState({
    version: [5, 2],
    driver: "psycopg",
    swappable: {},
    autoField: "BigAutoField",
    customFields: () => undefined,
  });
  for (const text of texts) {
    const module = { name: "shop.migrations.step", isPackage: false };
    const read = readMigration(readModule(text, { path: "step.py", module }));
    ({ state } = compileMigration(state, { app: "shop", operations: read?.operations ?? [] }));
  }
  return performance.now() - startedAt;
}
