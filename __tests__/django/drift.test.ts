import { describe, expect, it } from "@jest/globals";
import { djangoFiles, djangoProject } from "../rules/django.ts";

const BEFORE = `from django.db import migrations, models

class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel("Tag", [("id", models.BigAutoField(primary_key=True))]),
        migrations.CreateModel("Item", [
            ("id", models.BigAutoField(primary_key=True)),
            ("created", models.DateTimeField(auto_now_add=True)),
            ("name", models.CharField(max_length=40, default=shop.models.name)),
            ("tag", models.ForeignKey(to="shop.tag", on_delete=django.db.models.deletion.CASCADE)),
            ("twin", models.OneToOneField(to="shop.item", null=True, on_delete=django.db.models.deletion.CASCADE)),
        ]),
    ]`;

const HEAD = `from django.db import models
from .base import Dated
from .labels import name

class Tag(models.Model):
    pass

`;

const MORE = {
  "shop/base.py": `from django.db import models

class Dated(models.Model):
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
`,
};

const FIELDS = [
  'name = models.CharField("its name", max_length=40, default=name, help_text="On the label")',
  "tag = models.ForeignKey(Tag, models.CASCADE, related_name='items')",
  'twin = models.OneToOneField("self", models.CASCADE, unique=True, null=True)',
];

/** What the comparison says of a class Item, without the SQL, and the SQL. */
function drift(
  text: string,
  { tail = "" } = {},
): { readonly says: string[]; readonly sql: string } {
  const models = `${HEAD}${text}\n${tail}`;
  const change = BEFORE.replace(/operations = [\s\S]*/, "operations = []");
  const files = { ...djangoFiles(BEFORE, change), "shop/models.py": models, ...MORE };
  const { sql = "" } = djangoProject(files).models?.compare() ?? {};
  const says = sql.split("\n").flatMap((line) => /^-- shop\/models\.py(.*)/.exec(line)?.[1] ?? []);
  return { says, sql };
}

function item(fields: readonly string[], bases = "Dated"): string {
  return `class Item(${bases}):\n${fields.map((field) => `    ${field}\n`).join("")}`;
}

describe("models that", () => {
  it("are those of the migrations, in other words, drift in nothing", () => {
    expect(drift(item(FIELDS)).sql).toBe("");
  });

  it("have a field that no migration has, do", () => {
    const { says, sql } = drift(item([...FIELDS, "size = models.IntegerField(null=True)"]));
    expect(says).toEqual([", line 12: the field size of shop.Item is new"]);
    expect(sql).toContain('ALTER TABLE "shop_item" ADD COLUMN "size" integer NULL;');
  });

  it("have a field that is another, do", () => {
    const wider = FIELDS.map((field) => field.replace("40", "80"));
    const { says, sql } = drift(item(wider));
    expect(says).toEqual([", line 9: the field name of shop.Item is another"]);
    expect(sql).toContain('ALTER COLUMN "name" TYPE varchar(80)');
  });

  it("lack a field, do", () => {
    const { says, sql } = drift(item(FIELDS.slice(0, 2)));
    expect(says).toEqual([": the field twin of shop.Item is gone"]);
    expect(sql).toContain('DROP COLUMN "twin_id"');
  });

  it("are new, do", () => {
    const tail = "class Note(models.Model):\n    item = models.ForeignKey(Item, models.CASCADE)\n";
    const { says, sql } = drift(item(FIELDS), { tail });
    expect(says).toEqual([": the model shop.Note is new"]);
    expect(sql).toContain('CREATE TABLE "shop_note"');
  });

  it.each([
    ["a base that is not here", item(FIELDS.slice(0, 2), "elsewhere.Base")],
    ["a base by a call", item(FIELDS.slice(0, 2), "make_base(), Dated")],
    ["a class in a condition", `if DEBUG:\n${item(FIELDS.slice(0, 2)).replaceAll(/^/gm, "    ")}`],
  ])("may have more than their text says, for %s, are not said to lack anything", (_, text) => {
    expect(drift(text).sql).toBe("");
  });

  it.each([
    ["an abstract model", "class Note(models.Model):\n    class Meta:\n        abstract = True\n"],
    [
      "one that is not managed",
      "class Note(models.Model):\n    class Meta:\n        managed = False\n",
    ],
    [
      "one of another app",
      "class Note(models.Model):\n    class Meta:\n        app_label = 'other'\n",
    ],
    ["a proxy", "class Note(Item):\n    class Meta:\n        proxy = True\n"],
    ["a manager", "class ItemManager(models.Manager):\n    field = models.TextField()\n"],
  ])("are %s, are not said to be new", (_, tail) => {
    expect(drift(item(FIELDS), { tail }).sql).toBe("");
  });

  it("have a field of an unknown class or length, are left alone", () => {
    const unknown = [
      "mood = elsewhere.MoodField()",
      "code = models.CharField(max_length=length())",
    ];
    expect(drift(item([...FIELDS, ...unknown])).sql).toBe("");
  });

  it("lie in a package are read where it imports them", () => {
    const files = {
      "shop/models.py": "",
      "shop/models/__init__.py": "from .items import *\n",
      "shop/models/items.py": `${HEAD.replace(".base", "..base")}${item(FIELDS)}    size = models.TextField(null=True)\n`,
      "shop/models/unused.py":
        "from django.db import models\n\nclass Note(models.Model):\n    pass\n",
    };
    const { "shop/models.py": _, ...inPackage } = files;
    const change = BEFORE.replace(/operations = [\s\S]*/, "operations = []");
    const project = djangoProject({ ...djangoFiles(BEFORE, change), ...MORE, ...inPackage });
    expect(project.models?.compare().sql.split("\n")[0]).toBe(
      "-- shop/models/items.py, line 12: the field size of shop.Item is new",
    );
  });
});
