import { describe, expect, it } from "@jest/globals";
import { djangoLayouts } from "../../../src/sources/django-layout.ts";
import { folderTree } from "../../../src/sources/folder.ts";
import { appLabel } from "../../../src/django/project/app-label.ts";
import { repository } from "../../sources/repository.ts";

const MIGRATION = "class Migration(migrations.Migration):\n    pass\n";

/** Files of an app whose package lies in a folder. */
function app(folder: string, migrations = "migrations"): Record<string, string> {
  return {
    [`${folder}/__init__.py`]: "",
    [`${folder}/${migrations}/__init__.py`]: "",
    [`${folder}/${migrations}/0001_initial.py`]: MIGRATION,
  };
}

function layouts(files: Readonly<Record<string, string>>): string[] {
  return djangoLayouts(folderTree(repository(files))).map(
    ({ root, base, apps }) =>
      `${root.path} (${base.path}): ${apps.map((one) => `${appLabel(one)}=${one.migrations.path}`).join(" ")}`,
  );
}

describe("the Django projects of a repository", () => {
  it.each<[string, Readonly<Record<string, string>>, string[]]>([
    ["nothing", { "a/b.py": "" }, []],
    ["manage.py at the root", { "manage.py": "", ...app("shop") }, [". (.): shop=shop/migrations"]],
    [
      "manage.py in a folder",
      { "backend/manage.py": "", ...app("backend/shop"), "README.md": "" },
      ["backend (backend): shop=backend/shop/migrations"],
    ],
    [
      "apps beside the only manage.py",
      { "backend/manage.py": "", ...app("backend/shop"), ...app("libs/tags") },
      [". (backend): shop=backend/shop/migrations tags=libs/tags/migrations"],
    ],
    [
      "several projects",
      { "a/manage.py": "", "b/manage.py": "", ...app("a/x"), ...app("b/y") },
      ["a (a): x=a/x/migrations", "b (b): y=b/y/migrations"],
    ],
    ["a library without manage.py", app("src/tags"), [". (.): tags=src/tags/migrations"]],
    [
      "apps and manage.py of tests",
      { "tests/manage.py": "", ...app("tags"), ...app("tests/app"), ...app("test_shop") },
      [". (.): tags=tags/migrations"],
    ],
    [
      "MIGRATION_MODULES",
      {
        "manage.py": "",
        "conf/settings.py": 'MIGRATION_MODULES = {\n    "dojo": "dojo.db_migrations",\n}\n',
        ...app("dojo", "db_migrations"),
        ...app("other", "old_migrations"),
      },
      [". (.): dojo=dojo/db_migrations"],
    ],
    ["no package", { "manage.py": "", "a/migrations/0001_initial.py": MIGRATION }, []],
    [
      "South, Alembic and node_modules",
      {
        "manage.py": "",
        "a/migrations/__init__.py": "",
        "a/migrations/0001_initial.py":
          "from south.v2 import SchemaMigration\nclass Migration(SchemaMigration):\n    pass\n",
        "b/versions/1975ea83b712_add.py": "def upgrade(): pass",
        "c/migrations/__init__.py": "",
        "c/migrations/0001_a.py": "def upgrade(): pass",
        ...app("node_modules/x"),
        ...app("venv/lib/django"),
      },
      [],
    ],
  ])("%s", (_, files, expected) => {
    expect(layouts(files)).toEqual(expected);
  });
});

function label(texts: Readonly<Record<string, string>>): string | undefined {
  const files = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [`shop/${name}`, text]),
  );
  const [layout] = djangoLayouts(folderTree(repository({ ...app("shop"), ...files })));
  return layout?.apps.map(appLabel)[0];
}

describe("the label of an app", () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ["the package", {}, "shop"],
    ["AppConfig without one", { "apps.py": "class A(AppConfig):\n    name = 'shop'\n" }, "shop"],
    [
      "AppConfig's",
      { "apps.py": "class A(AppConfig):\n    name = 'shop'\n    label = 'store'\n" },
      "store",
    ],
    [
      "annotated, in config.py, with a base of the project's",
      { "config.py": 'class A(BaseConfig):\n    label: str = "store"\n' },
      "store",
    ],
    [
      "the default of several",
      {
        "apps.py":
          "class A(AppConfig):\n    label = 'a'\n\nclass B(AppConfig):\n    label = 'b'\n    default = True\n",
      },
      "b",
    ],
    ["not one of another class", { "apps.py": "class A:\n    label = 'a'\n" }, "shop"],
  ])("%s", (_, texts, expected) => {
    expect(label(texts)).toBe(expected);
  });
});
