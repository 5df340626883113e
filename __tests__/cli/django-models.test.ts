import { describe, expect, it } from "@jest/globals";
import { HAS_GIT, migrateVerify, TemporaryFolder } from "./program.ts";

const onGit = HAS_GIT ? describe : describe.skip;

const MIGRATION = `from django.db import migrations, models

class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel("Item", [
            ("id", models.BigAutoField(primary_key=True)),
            ("name", models.CharField(max_length=40)),
        ]),
    ]
`;
const MODELS = `from django.db import models


class Item(models.Model):
    name = models.CharField(max_length=40)
`;

function repository(): TemporaryFolder {
  const folder = new TemporaryFolder({
    "manage.py": "",
    "requirements.txt": "Django==5.2\n",
    "shop/__init__.py": "",
    "shop/models.py": MODELS,
    "shop/migrations/__init__.py": "",
    "shop/migrations/0001_initial.py": MIGRATION,
  });
  folder.git("init", "-q", "-b", "main");
  folder.git("add", ".");
  folder.git("commit", "-q", "-m", "a shop");
  folder.git("checkout", "-q", "-b", "change");
  return folder;
}

onGit("a change of a Django project", () => {
  it("of its models alone is told where no migration follows it", () => {
    using folder = repository();
    folder.write("shop/models.py", `${MODELS}    size = models.IntegerField(null=True)\n`);
    const { stdout } = migrateVerify(folder.path, "lint", "--since", "main");
    expect(stdout).toContain("The migrations do not build what shop/models.py says");
    expect(stdout).toContain('ALTER TABLE "shop_item" ADD COLUMN "size" integer NULL;');
    folder.write(
      "shop/migrations/0002_size.py",
      MIGRATION.replace(
        /operations = [\s\S]*/,
        'dependencies = [("shop", "0001_initial")]\n    operations = [migrations.AddField("item", "size", models.IntegerField(null=True))]\n',
      ),
    );
    expect(migrateVerify(folder.path, "lint", "--since", "main").stdout).not.toContain("Models");
  });

  it("that only lays out a merged migration anew is no edit of it", () => {
    using folder = repository();
    const path = "shop/migrations/0001_initial.py";
    folder.write(path, MIGRATION.replace("max_length=40", "max_length=40, help_text='On it'"));
    const lint = (): string => migrateVerify(folder.path, "lint", "--since", "main").stdout;
    expect(lint()).not.toContain("no-edited-migration");
    folder.write(path, MIGRATION.replace("max_length=40", "max_length=41"));
    expect(lint()).toContain("no-edited-migration");
  });
});
