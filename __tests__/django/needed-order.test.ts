import { expect, it } from "@jest/globals";
import type { Change } from "../../src/core/migration.ts";
import { loadParser } from "../../src/parser/parse-script.ts";
import { scopeProject } from "../../src/review/changed.ts";
import { readProject } from "../../src/review/read-project.ts";
import { changedPairs } from "../../src/review/verify-scoped.ts";
import { djangoProject } from "../rules/django.ts";

const FILES = {
  "manage.py": "",
  "site/settings.py": 'AUTH_USER_MODEL = "people.Person"\n',
  "people/__init__.py": "",
  "people/migrations/__init__.py": "",
  "people/migrations/0001_initial.py": `from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.CreateModel("Person", [("id", models.BigAutoField(primary_key=True))])]
`,
  "shop/__init__.py": "",
  "shop/migrations/__init__.py": "",
  "shop/migrations/0001_initial.py": `from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("admin", "0001_initial")]
    operations = [migrations.CreateModel("Item", [("log", models.ForeignKey("admin.LogEntry", models.CASCADE))])]
`,
};

function changeOf(path: string): Change {
  return path.startsWith("django/") ? "unchanged" : "added";
}

it("a migration of Django's own that needs a new one is run after it", async () => {
  const project = djangoProject(FILES);
  const scoped = scopeProject(project, ({ up }) => changeOf(up.path), undefined);
  const read = readProject(project, scoped, await loadParser(), undefined);
  const pairs = changedPairs(read.migrations, "django");
  expect(
    pairs.map(({ id, earlier }) => [id, (earlier ?? []).map(({ source }) => source.path)]),
  ).toEqual([
    ["people.0001_initial", []],
    [
      "shop.0001_initial",
      [1, 2, 3].map((number) => expect.stringMatching(`admin/migrations/000${number}`) as unknown),
    ],
  ]);
});
