import { describe, expect, it } from "@jest/globals";
import { readMigration } from "../../src/django/migration/read-migration.ts";
import { readModule } from "../../src/django/python/module.ts";
import { canonicalText } from "../../src/django/python/same-value.ts";

const HEAD = `from django.conf import settings
from django.db import migrations, models

`;

function read(text: string) {
  const module = readModule(text, {
    path: "shop/migrations/0002_price.py",
    module: { name: "shop.migrations.0002_price", isPackage: false },
  });
  return readMigration(module);
}

describe("the Migration class of a file", () => {
  it("is read with its dependencies, its flags and its operations, each with its place", () => {
    const text = `${HEAD}class Migration(migrations.Migration):
    initial = True
    atomic = False
    dependencies = [
        ("auth", "0001_initial"),
        ("shop", "__latest__"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    run_before = [("blog", "0003_post")]
    replaces = [("shop", "0001_a"), ("shop", "0002_b")]
    operations = [
        migrations.AddField("order", "price", models.IntegerField(null=True)),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
`;
    const migration = read(text);
    expect(migration?.dependencies).toMatchObject([
      { kind: "migration", app: "auth", name: "0001_initial" },
      { kind: "migration", app: "shop", name: "__latest__" },
      { kind: "swappable", setting: "AUTH_USER_MODEL" },
    ]);
    expect(migration?.runBefore).toMatchObject([{ app: "blog", name: "0003_post" }]);
    expect(migration?.replaces.map(({ name }) => name)).toEqual(["0001_a", "0002_b"]);
    expect(migration).toMatchObject({ initial: true, atomic: false, unknowns: [] });
    expect(migration?.operations.map(canonicalText)).toEqual([
      'django.db.migrations.AddField("order","price",django.db.models.IntegerField(null=True))',
      "django.db.migrations.RunPython(@forwards,@django.db.migrations.RunPython.noop)",
    ]);
    const span = migration?.operations[0]?.span;
    expect(text.slice(span?.start, span?.end)).toMatch(/^migrations\.AddField\("order".*\)\)$/);
  });

  it("takes what a class of the same file gives it", () => {
    const migration = read(`${HEAD}class Base(migrations.Migration):
    atomic = False
    operations = []


class Migration(Base):
    dependencies = ()
`);
    expect(migration).toMatchObject({ atomic: false, operations: [], unknowns: [] });
  });

  it.each([
    ["operations = make()", 1, "the operations are not a list"],
    ["operations = [] if flag() else [1]", 1, "the operations: its condition is not known"],
    ["dependencies = [latest('auth')]", 0, "a dependency"],
    ["atomic = flag()", 0, "whether it is atomic"],
  ])("says what it does not know: %s", (line, operations, reason) => {
    const migration = read(`${HEAD}class Migration(migrations.Migration):\n    ${line}\n`);
    expect(migration?.operations).toHaveLength(operations);
    expect(migration?.unknowns.map((one) => one.reason)).toEqual([reason]);
  });

  it("says when the class is changed below its definition", () => {
    const migration = read(`${HEAD}class Migration(migrations.Migration):
    operations = []


Migration.operations.append(1)
`);
    expect(migration?.unknowns).toMatchObject([
      { reason: "the class is changed after its definition" },
    ]);
  });

  it("is absent from files without one", () => {
    expect(read("x = 1\n")).toBeUndefined();
    expect(read("")).toBeUndefined();
  });

  it("is read with what Python 2 left behind, and where a file is not Python the places are named", () => {
    const text = `# -*- coding: utf-8 -*-
from __future__ import unicode_literals
from django.db import migrations

def forwards(apps, schema_editor):
    print "moving", 0777L
    try:
        pass
    except ValueError, error:
        raise

class Migration(migrations.Migration):
    operations = [migrations.RunPython(forwards), migrations.RunSQL(u"SELECT 1")]
`;
    const migration = read(text);
    expect(migration?.operations).toHaveLength(2);
    const broken = read(text.replace("def forwards(apps", "def forwards(apps[[`"));
    expect(broken?.module.faults.length).toBeGreaterThan(0);
  });
});
