import { describe, expect, it } from "@jest/globals";
import { djangoFiles, djangoProject } from "../rules/django.ts";

const BEFORE = `from django.db import migrations, models

class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel("Item", [("id", models.BigAutoField(primary_key=True))]),
    ]
`;

/** What is read of the function \`code\` that a RunPython names: kind, subject and table of each hazard. */
function hazards(
  code: string,
  call = "migrations.RunPython(code, migrations.RunPython.noop)",
): string[] {
  const text = `from django.db import migrations, models
from shop.models import Item as Live
from django.conf import settings
from elsewhere import helper

${code}

class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [${call}]
`;
  const { migrations } = djangoProject(djangoFiles(BEFORE, text));
  const steps = migrations.at(-1)?.up.compiled?.steps ?? [];
  return steps.flatMap(({ operations }) =>
    operations.flatMap((one) =>
      one.kind === "run-code"
        ? one.hazards.map(({ kind, subject, table }) =>
            [kind, subject, ...(table === undefined ? [] : [table.name])].join(": "),
          )
        : [],
    ),
  );
}

const GET = 'Item = apps.get_model("shop", "Item")';

describe("the code of a RunPython", () => {
  it.each<[string, string, string[]]>([
    ["nothing", `def code(apps, schema_editor):\n    ${GET}\n`, []],
    ["a lambda's like", "def code(_apps, _schema_editor):\n    pass\n", []],
    ["other argument names", "def code(a, b):\n    pass\n", ["argument-names: a, b"]],
    [
      "another variable",
      'def code(apps, schema_editor):\n    X = apps.get_model("shop", "Item")\n',
      ["variable-name: X = Item"],
    ],
    [
      "an imported model",
      "def code(apps, schema_editor):\n    Live.objects.first()\n",
      ["model-import: shop.models.Item"],
    ],
    [
      "an import inside",
      "def code(apps, schema_editor):\n    from shop.models import Item\n",
      ["model-import: shop.models"],
    ],
    [
      "settings",
      "def code(apps, schema_editor):\n    x = settings.A\n",
      ["setting: django.conf.settings"],
    ],
    [
      "a loop that saves, in a function that it calls",
      `def each(apps):\n    ${GET}\n    for item in Item.objects.all():\n        item.save()\n\ndef code(apps, schema_editor):\n    each(apps)\n`,
      ["save-in-loop: Item.objects.all(): shop_item"],
    ],
    [
      "a loop without an iterator",
      `def code(apps, schema_editor):\n    ${GET}\n    for item in Item.objects.filter(x=1):\n        print(item)\n`,
      ["unbatched-loop: Item.objects.filter(x=1): shop_item"],
    ],
    [
      "a loop with one",
      `def code(apps, schema_editor):\n    ${GET}\n    for item in Item.objects.all().iterator():\n        print(item)\n`,
      [],
    ],
    [
      "whole tables",
      `def code(apps, schema_editor):\n    ${GET}\n    Item.objects.update(x=1)\n    Item.objects.filter(x=2).update(x=1)\n`,
      ["whole-table-write: Item.objects.update: shop_item"],
    ],
    [
      "new rows",
      `def code(apps, schema_editor):\n    ${GET}\n    Item.objects.create(x=1)\n`,
      ["insert: Item.objects.create: shop_item"],
    ],
    ["recursion", "def code(apps, schema_editor):\n    code(apps, schema_editor)\n", []],
  ])("%s", (_, code, expected) => {
    expect(hazards(code)).toEqual(expected);
  });

  it("that is not in the file is not read", () => {
    expect(hazards("", "migrations.RunPython(helper)")).toEqual(["unread: elsewhere.helper"]);
    expect(hazards("", "migrations.RunPython(lambda apps, editor: None)")).toEqual([
      "unread: its code",
    ]);
  });

  it("is found inside of SeparateDatabaseAndState", () => {
    const call =
      "migrations.SeparateDatabaseAndState(database_operations=[migrations.RunPython(code, code)])";
    expect(hazards("def code(a, b):\n    pass\n", call)).toEqual(["argument-names: a, b"]);
  });
});
