import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import type { Migration, Project } from "../../src/core/migration.ts";
import { placeIn } from "../../src/core/statement.ts";
import { withWrittenScript } from "../../src/core/written-script.ts";
import { loadParser } from "../../src/parser/parse-script.ts";
import { djangoFiles, djangoProject } from "../rules/django.ts";

const parser = await loadParser();

/** A migration of the app “shop”. */
function module(
  operations: string,
  { parent = "0001_before", code = "", extra = "" } = {},
): string {
  return `from django.db import migrations, models
${code}

class Migration(migrations.Migration):
    dependencies = [("shop", "${parent}")]
${extra}    operations = [
        ${operations}
    ]
`;
}

const BEFORE = `from django.db import migrations, models

class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel("Item", [
            ("id", models.BigAutoField(primary_key=True)),
            ("name", models.TextField()),
        ]),
    ]
`;

function changeIn(project: Project): Migration {
  const migration = project.migrations.find(({ id }) => id === "shop.0002_change");
  if (migration === undefined) throw new Error("the project lacks the migration");
  return migration;
}

function change(text: string, more: Readonly<Record<string, string>> = {}): Migration {
  return changeIn(djangoProject({ ...djangoFiles(BEFORE, text), ...more }));
}

/** Each statement of a migration's way up with the line of the file that it comes from. */
function sent({ up }: Migration): string[] {
  const { text, span, statementSpans, compiled } = up;
  if (compiled === undefined) throw new Error("it was not compiled");
  const script = withWrittenScript(
    parser.parse(text, { span, ...(statementSpans === undefined ? {} : { statementSpans }) }),
    compiled,
  );
  return script.statements.map(
    (one) => `${placeIn(script, one.span).line}: ${text.slice(one.span.start, one.span.end)}`,
  );
}

describe("a Django migration as a script", () => {
  it("is the SQL that Django sends, each statement with its operation's line", () => {
    const migration = change(
      module(`migrations.AddField("item", "size", models.IntegerField(null=True, db_index=True)),
        migrations.RunSQL("""
            UPDATE shop_item
               SET size = 1;
            ANALYZE shop_item;
        """, ""),`),
    );
    expect(sent(migration)).toEqual([
      '7: ALTER TABLE "shop_item" ADD COLUMN "size" integer NULL',
      "9: UPDATE shop_item\n               SET size = 1",
      "11: ANALYZE shop_item",
      '7: CREATE INDEX "shop_item_size_33309dca" ON "shop_item" ("size")',
    ]);
    expect(migration.up.execution).toEqual({ transaction: true, sends: "statements" });
  });

  it("holds code in its place, is not atomic where the class says so, and goes back", () => {
    const migration = change(
      module(
        `migrations.AddField("item", "size", models.IntegerField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveField("item", "name"),`,
        { code: "\ndef fill(apps, schema_editor):\n    pass\n", extra: "    atomic = False\n" },
      ),
    );
    expect(sent(migration).map((line) => line.replace(/ "shop_item"/, ""))).toEqual([
      '11: ALTER TABLE ADD COLUMN "size" integer NULL',
      "12: -- RunPython",
      '13: ALTER TABLE DROP COLUMN "name" CASCADE',
    ]);
    expect(migration.up.execution.transaction).toBe(false);
    expect(migration.down).toMatchObject({
      text: expect.stringMatching(/ADD COLUMN "name"[^]*DROP COLUMN "size"/),
    });
  });

  it("has no way down where an operation has none", () => {
    const project = djangoProject(djangoFiles(BEFORE, module('migrations.RunSQL("SELECT 1"),')));
    expect(changeIn(project).down).toBe("missing");
    expect(changeIn(project).faults).toEqual([
      expect.objectContaining({ kind: "irreversible-operation", path: expect.any(String) }),
    ]);
  });

  it("names what could not be compiled", () => {
    const { up } = change(module("Custom(), migrations.RemoveField('item', 'name'),"));
    expect(up.compiled?.unknowns).toHaveLength(1);
    expect(up.text).toContain("DROP COLUMN");
  });

  it("makes a table for an app that is not in the repository", () => {
    const text = module(
      'migrations.AddField("item", "tag", models.ForeignKey("taggit.Tag", models.CASCADE, null=True)),',
    );
    const [absent] = djangoProject(djangoFiles(BEFORE, text)).migrations;
    expect(absent?.up.text).toBe('CREATE TABLE "taggit_tag" ("id" integer PRIMARY KEY);');
  });

  it.each([
    ["gets its name later", 'migrations.AlterModelTable("item", "items"),'],
    [
      "is made by SQL that somebody wrote",
      'migrations.RunSQL("-- by hand\\ncreate table if not exists taggit_tag (id int primary key)"),',
    ],
    [
      "gets its name by SQL that somebody wrote",
      'migrations.RunSQL("CREATE TABLE t (id int PRIMARY KEY); ALTER TABLE t RENAME TO taggit_tag"),',
    ],
  ])("makes no table that %s", (_, operation) => {
    const self =
      'migrations.AddField("item", "twin", models.ForeignKey("shop.Item", models.CASCADE, null=True)),';
    const foreign =
      'migrations.AddField("item", "tag", models.ForeignKey("taggit.Tag", models.CASCADE, null=True)),';
    const key = operation.startsWith("migrations.Alter") ? self : foreign;
    const { migrations } = djangoProject(djangoFiles(BEFORE, module(operation + key)));
    expect(migrations.map(({ id }) => id)).toEqual(["shop.0001_before", "shop.0002_change"]);
  });

  it("knows Django's own apps where they are needed, and a squash by what it replaces", () => {
    const text = module("", {
      extra: '    replaces = [("shop", "0001_before")]\n',
      parent: "0001_before",
    }).replace(
      '("shop", "0001_before")]\n    rep',
      '("auth", "0012_alter_user_first_name_max_length")]\n    rep',
    );
    const { migrations, ignored } = djangoProject(djangoFiles(BEFORE, text));
    const ids = migrations.map(({ id }) => id);
    expect(ids).toContain("contenttypes.0002_remove_content_type_name");
    expect(ids.at(-1)).toBe("shop.0002_change");
    expect(migrations.at(-1)?.replaces).toEqual(["shop/migrations/0001_before.py"]);
    expect(ignored.map(({ path }) => path)).toEqual(["shop/migrations/0001_before.py"]);
  });
});

describe("the newest Python", () => {
  it.each(["A.B, C.D", "A.B, C", "ValueError, A.B, C.D"])(
    "exceptions without brackets are no fault: %s",
    (exceptions) => {
      const code = `def fill(apps, schema_editor):\n    try:\n        schema_editor.execute("DROP TABLE a")\n    except ${exceptions}:\n        return None\n`;
      const text = module('migrations.RunPython(fill), migrations.RunSQL("SELECT 1", "")', {
        code,
      });
      const { migrations, ignored } = djangoProject(djangoFiles(BEFORE, text));
      expect(ignored).toEqual([]);
      expect(migrations.at(-1)?.up.text).toContain("SELECT 1");
    },
  );
});

describe("bad input", () => {
  it.each<[string, string, RegExp]>([
    ["a syntax error", `${module("")}\n  def (:\n`, /is not Python 3/],
    ["a leftover of Python 2", `print "hello"\n${module("")}`, /line 1 is not Python 3/],
    ["no migration", "x = 1\n", /has no class Migration/],
    ["an empty file", "", /has no class Migration/],
  ])("%s is named", (_, text, reason) => {
    const { ignored } = djangoProject(djangoFiles(BEFORE, text));
    expect(ignored).toEqual([
      expect.objectContaining({ reason: expect.stringMatching(reason), gap: true }),
    ]);
  });

  it("two apps of one label are named, and the first is read", () => {
    const { migrations, ignored } = djangoProject({
      ...djangoFiles(BEFORE, module("")),
      "other/shop/__init__.py": "",
      "other/shop/migrations/__init__.py": "",
      "other/shop/migrations/0001_initial.py": BEFORE,
    });
    expect(migrations).toHaveLength(1);
    expect(ignored.map(({ reason }) => reason).join(" ")).toMatch(/an app “shop” too/);
  });

  it("a file of 5,000 operations is read", () => {
    const operations = Array.from({ length: 5000 }, (_, index) => {
      const model = `Model${index % 100}`;
      return index < 100
        ? `migrations.CreateModel("${model}", [("id", models.BigAutoField(primary_key=True))]),`
        : `migrations.AddField("${model}", "f${index}", models.IntegerField(null=True)),`;
    });
    const { up } = change(module(operations.join("\n        ")));
    expect(up.text.match(/ADD COLUMN/g)?.length).toBe(4900);
  }, 60_000);

  it("whatever is cut out of a migration or doubled in it gives a project", () => {
    const text = module(
      `migrations.AddField("item", "size", models.IntegerField(null=True)),
        migrations.RunPython(fill),
        migrations.AlterUniqueTogether("item", {("name", "size")}),
        migrations.RenameModel("Item", "Thing"),`,
      {
        code: "\ndef fill(apps, schema_editor):\n    for a in apps.get_model('shop', 'Item').objects.all():\n        a.save()\n",
      },
    );
    const place = fc.integer({ min: 0, max: text.length });
    fc.assert(
      fc.property(place, place, fc.boolean(), (a, b, isDoubled) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const mutated =
          text.slice(0, isDoubled ? end : start) + text.slice(isDoubled ? start : end);
        const { migrations } = djangoProject(djangoFiles(BEFORE, mutated));
        expect(migrations.flatMap(({ up, down }) => [up.text, down]).length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe("a Django project", () => {
  it("has migrations whose names no import statement could hold", () => {
    const files = {
      ...djangoFiles(BEFORE, module('migrations.AddField("item", "size", models.TextField())')),
      "shop/migrations/0003_drop-size.py": module('migrations.RemoveField("item", "size"),', {
        parent: "0002_change",
      }),
      "shop/migrations/_draft.py": "",
      "shop/migrations/~0004.py": "",
    };
    const { migrations, faults, ignored } = djangoProject(files);
    expect(migrations.map(({ id }) => id)).toContain("shop.0003_drop-size");
    expect([...faults, ...ignored]).toEqual([]);
  });

  it("says what it takes for granted", () => {
    const { "requirements.txt": _, ...files } = djangoFiles(BEFORE, module(""));
    const settings = 'DATABASE_ROUTERS = ["shop.routers.Router"]\n';
    const { notes } = djangoProject({ ...files, "shop/settings.py": settings });
    expect(notes).toEqual([
      "The settings name DATABASE_ROUTERS, which are not run: every app is taken to be in one database.",
      "Which Django the project uses is not stated: 5.2 is taken, and its class of implicit keys.",
    ]);
  });
});

describe("the driver that writes the values", () => {
  const module32 = `from django.db import migrations, models
import datetime

class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [
        migrations.AddField("item", "wait", models.DurationField(default=datetime.timedelta(days=1))),
    ]
`;
  const added = (requirements: string): string | undefined =>
    /DEFAULT '.*?'/.exec(change(module32, { "requirements.txt": requirements }).up.text)?.[0];

  it("is psycopg2 where the requirements name it alone, and before Django 4.2", () => {
    expect(added("Django==5.2\n")).toBe("DEFAULT '1 day 0:00:00'");
    expect(added("Django==5.2\npsycopg2==2.9\n")).toBe("DEFAULT '1 days 0.000000 seconds'");
    expect(added("Django==3.2\n")).toBe("DEFAULT '1 days 0.000000 seconds'");
  });
});
