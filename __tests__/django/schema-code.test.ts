import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import type { Project } from "../../src/core/migration.ts";
import { djangoFiles, djangoProject } from "../rules/django.ts";

const BEFORE = `from django.db import migrations, models

class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel("Item", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())]),
    ]
`;

interface Around {
  readonly operations?: string;
  readonly head?: string;
}

/** A project whose last migration has a RunPython that calls `code`. */
function projectWith(
  body: string,
  { operations = "migrations.RunPython(code, back)", head = "" }: Around = {},
): Project {
  const text = `from django.db import connection, migrations
${head}
def code(apps, schema_editor):
${body.replaceAll(/^(?=.)/gm, "    ")}

def back(apps, schema_editor):
    Item = apps.get_model("shop", "Item")
    schema_editor.alter_db_table(Item, "shop_thing", "shop_item")

class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
    operations = [${operations}]
`;
  return djangoProject(djangoFiles(BEFORE, text));
}

/** Both scripts of that migration, with what of them is not known. */
function scripts(
  body: string,
  around: Around = {},
): { up: string; down: string; unknown: string[] } {
  const { up, down } = projectWith(body, around).migrations.at(-1) ?? {};
  if (up === undefined || down === undefined || typeof down === "string") throw new Error(body);
  const unknown = [up, down].flatMap(({ compiled }) => compiled?.unknowns ?? []);
  return { up: up.text, down: down.text, unknown: unknown.map(({ reason }) => reason) };
}

const RUN = "-- RunPython\n";
const UNKNOWN = "the schema change in the code of RunPython: ";

describe("schema changes in the code of a RunPython", () => {
  it.each([
    [
      "a table that is renamed, after the step that stands for the code",
      'schema_editor.alter_db_table(None, "shop_item", "shop_thing")',
      `${RUN}ALTER TABLE "shop_item" RENAME TO "shop_thing";\n`,
    ],
    [
      "SQL by the schema editor, by a name of its own",
      'sql = "DROP TABLE" + " old"\nschema_editor.execute(sql)',
      `${RUN}DROP TABLE old;\n`,
    ],
    [
      "SQL by a cursor",
      'with connection.cursor() as cursor:\n    cursor.execute("""\n        CREATE INDEX i ON shop_item (name)""")',
      `${RUN}\n            CREATE INDEX i ON shop_item (name);\n`,
    ],
    [
      "SQL by a cursor that is assigned",
      'cursor = schema_editor.connection.cursor()\ncursor.execute("ALTER TABLE shop_item DROP name")',
      `${RUN}ALTER TABLE shop_item DROP name;\n`,
    ],
    [
      "SQL for PostgreSQL",
      'if schema_editor.connection.vendor == "postgresql":\n    schema_editor.execute("CREATE TYPE a AS ENUM ()")\nelse:\n    schema_editor.execute("CREATE TABLE a ()")',
      `${RUN}CREATE TYPE a AS ENUM ();\n`,
    ],
    [
      "SQL after a return for other databases",
      'if schema_editor.connection.vendor != "postgresql":\n    return\nschema_editor.execute("CREATE TYPE a AS ENUM ()")',
      `${RUN}CREATE TYPE a AS ENUM ();\n`,
    ],
    [
      "SQL for another database",
      'if connection.vendor == "mysql":\n    schema_editor.execute("DROP TABLE a")',
      RUN,
    ],
    ["SQL that changes rows", 'schema_editor.execute("UPDATE shop_item SET name = 1")', RUN],
    ["nothing of the kind", 'for item in []:\n    item.execute("x")', RUN],
  ])("are sent: %s", (_, body, up) => {
    expect(scripts(body)).toEqual({
      up,
      down: `${RUN}ALTER TABLE "shop_thing" RENAME TO "shop_item";\n`,
      unknown: [],
    });
  });

  it.each([
    [
      "under a condition",
      'if apps:\n    schema_editor.execute("DROP TABLE a")',
      "whether and how often it runs",
    ],
    [
      "in a loop",
      'for t in TABLES:\n    schema_editor.execute(f"DROP TABLE {t}")',
      "whether and how often it runs",
    ],
    [
      "after a return under a condition",
      'if apps:\n    return\nschema_editor.alter_db_table(None, "a", "b")',
      "code before it may have returned",
    ],
    [
      "of a text that is not known",
      'schema_editor.execute("DROP TABLE " + name())',
      "the SQL that it runs",
    ],
    [
      "of tables that are not known",
      "schema_editor.alter_db_table(None, a(), b())",
      "the table that it renames",
    ],
    ["of models", "schema_editor.add_field(Item, field)", "what schema_editor.add_field() sends"],
  ])("are not known: %s", (_, body, reason) => {
    expect(scripts(body)).toMatchObject({ up: RUN, unknown: [`${UNKNOWN}${reason}`] });
  });

  it("are none of a function that takes any arguments", () => {
    const head = "def any(apps, *args):\n    if apps:\n        args[0].execute('DROP TABLE a')\n";
    const operations = "migrations.RunPython(any, back)";
    expect(scripts("pass", { head, operations })).toMatchObject({ up: RUN });
  });

  it("stand in their place among the operations of SeparateDatabaseAndState", () => {
    const operations = `migrations.SeparateDatabaseAndState([
        migrations.RunSQL("SELECT 1", "SELECT 2"),
        migrations.RunPython(code, back),
        migrations.RunSQL("SELECT 3", "SELECT 4"),
    ])`;
    const body = 'schema_editor.alter_db_table(None, "shop_item", "shop_thing")';
    expect(scripts(body, { operations })).toEqual({
      up: `SELECT 1;\n${RUN}ALTER TABLE "shop_item" RENAME TO "shop_thing";\nSELECT 3;\n`,
      down: `SELECT 4;\n${RUN}ALTER TABLE "shop_thing" RENAME TO "shop_item";\nSELECT 2;\n`,
      unknown: [],
    });
  });
});

describe("code that was cut and doubled", () => {
  const code = `sql = "ALTER TABLE " + "shop_item" + " ADD COLUMN a int"
if schema_editor.connection.vendor == "postgresql":
    schema_editor.execute(sql)
elif other:
    return
else:
    schema_editor.execute(f"DROP TABLE {sql}", None)
with connection.cursor() as cursor:
    cursor.execute("CREATE INDEX b ON shop_item (name)", params=None)
    for name in ["a", "b"]:
        cursor.execute("DROP INDEX %s" % name)
cursor = connection.cursor()
try:
    cursor.execute("""DO $$ BEGIN DROP TABLE shop_item; END $$""")
except Exception:
    raise
schema_editor.alter_db_table(None, "shop_item", "shop_thing")
schema_editor.add_field(apps.get_model("shop", "Item"), models.TextField())`;
  const parts = code.split(/(?<=\W)(?=\w)|(?<=\w)(?=\W)/);
  const mutation = fc.record({
    at: fc.nat({ max: parts.length - 1 }),
    kind: fc.constantFrom("drop", "double", "replace"),
    by: fc.constantFrom(...parts),
  });

  it("is read to its end, and what it is not certain to do is named", () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 8 }), (mutations) => {
        const mutated = [...parts];
        for (const { at, kind, by } of mutations) {
          const part = mutated[at] ?? "";
          mutated.splice(at, 1, ...{ drop: [], double: [part, part], replace: [by] }[kind]);
        }
        const { migrations, ignored } = projectWith(mutated.join(""));
        const { up, down } = migrations.at(-1) ?? {};
        // What is no Python any more, Django does not load.
        if (ignored.length > 0) return;
        expect(up?.text).toContain("RunPython");
        expect(down).toMatchObject({ text: expect.stringContaining("RENAME TO") as unknown });
      }),
      { numRuns: 150 },
    );
  });
});
