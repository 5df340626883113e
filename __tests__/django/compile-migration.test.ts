import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { compile, migrationOf, sqlOf } from "./compile.ts";

const ITEM = `migrations.CreateModel("Item", [
            ("id", models.BigAutoField(primary_key=True)),
            ("code", models.CharField(max_length=20)),
            ("price", models.IntegerField(null=True)),
        ])`;

describe("what is not known of a migration is said, and the rest is compiled", () => {
  const after = compile(migrationOf(ITEM)).state;

  it.each([
    [
      "an operation of the project",
      "Reindex('item')",
      [],
      [["unknown-operation", "the operation Reindex"]],
    ],
    [
      "a field class of the project",
      'migrations.AddField("item", "size", shop.fields.SizeField(null=True))',
      ['ALTER TABLE "shop_item" ADD COLUMN "size" text NULL'],
      [["unknown-field", "the field class shop.fields.SizeField: its column is taken to be text"]],
    ],
    [
      "a default of the project",
      'migrations.AddField("item", "rank", models.IntegerField(default=shop.ranks.next))',
      [
        'ALTER TABLE "shop_item" ADD COLUMN "rank" integer DEFAULT 0 NOT NULL',
        'ALTER TABLE "shop_item" ALTER COLUMN "rank" DROP DEFAULT',
      ],
      [["unknown-default", "the default of rank"]],
    ],
    [
      "a condition of an index",
      'migrations.AddIndex("item", models.Index(fields=["code"], name="i", condition=Q(code__foo=1)))',
      [],
      [["not-compiled", "the lookup code__foo"]],
    ],
    [
      "a model that no migration made",
      'migrations.AddField("thing", "a", models.TextField())',
      [],
      [["fails", "the model shop.thing: no migration made it"]],
    ],
    [
      "a field that no migration made",
      'migrations.RemoveField("item", "colour")',
      [],
      [["fails", "the field colour of shop.Item: no migration made it"]],
    ],
    [
      "SQL that is computed",
      'migrations.RunSQL(make_sql(), "")',
      [],
      [["not-compiled", "the SQL that it runs"]],
    ],
    [
      "an operation of the project inside of another one",
      'migrations.SeparateDatabaseAndState([Reindex("item"), migrations.RunSQL("SELECT 1", "")])',
      ["SELECT 1"],
      [["unknown-operation", "the operation Reindex"]],
    ],
    [
      "arguments that are computed",
      "migrations.AddField(**arguments())",
      [],
      [["unknown-operation", "the arguments of the operation"]],
    ],
  ])("%s", (_, operation, up, notes) => {
    const next = 'migrations.AlterField("item", "price", models.BigIntegerField(null=True))';
    const compiled = compile(migrationOf(operation, next), after);
    const last = 'ALTER TABLE "shop_item" ALTER COLUMN "price" TYPE bigint USING "price"::bigint';
    expect(sqlOf(compiled.up)).toEqual([...up, last]);
    expect(compiled.notes.map(({ kind, reason }) => [kind, reason])).toEqual(notes);
    expect(compiled.notes.every((note) => note.operation === 0)).toBe(true);
  });

  it("places a note where the unknown part is written", () => {
    const text = migrationOf(
      'migrations.AddIndex("item", models.Index(fields=["code"], name="i", condition=Q(code__foo=1)))',
    );
    const [note] = compile(text, after).notes;
    expect(text.slice(note?.span.start, note?.span.end)).toBe("1");
  });

  it("says that the way down would fail, and why", () => {
    const together = compile(
      migrationOf('migrations.AlterUniqueTogether("item", {("code", "price")})'),
      after,
    ).state;
    const { down, downNotes } = compile(
      migrationOf(
        'migrations.RemoveField("item", "price")',
        'migrations.AlterUniqueTogether("item", set())',
      ),
      together,
    );
    expect(sqlOf(down)).toEqual(['ALTER TABLE "shop_item" ADD COLUMN "price" integer NULL']);
    expect(downNotes.map(({ kind, reason }) => [kind, reason])).toEqual([
      ["fails", "the field price of shop.Item: no migration made it"],
    ]);
  });
});

function extendedDelete(body: string): string {
  return migrationOf(ITEM, 'DropModel("Item")').replace(
    "class Migration",
    `class DropModel(migrations.DeleteModel):\n    ${body}\n\n\nclass Migration`,
  );
}

describe("an operation of a class of the file", () => {
  it("is taken for the one that it extends, which is said", () => {
    const { up, notes } = compile(extendedDelete("reversible = False"));
    expect(sqlOf(up).at(-1)).toBe('DROP TABLE "shop_item" CASCADE');
    expect(notes.map(({ reason }) => reason)).toEqual([
      "what DropModel does besides: it is taken for DeleteModel, which it extends",
    ]);
  });

  it("is not known when it takes other arguments", () => {
    const { up, notes } = compile(extendedDelete("def __init__(self, x): pass"));
    expect(up).toHaveLength(1);
    expect(notes.map(({ reason }) => reason)).toEqual(["the operation DropModel"]);
  });
});

describe("a function of the file that is a default", () => {
  it("is called once, as Django does", () => {
    const text = migrationOf(
      ITEM,
      'migrations.AddField("item", "tour", models.JSONField(default=tour))',
    ).replace("class Migration", "def tour():\n    return {'seen': False}\n\n\nclass Migration");
    expect(sqlOf(compile(text).up)[1]).toBe(
      `ALTER TABLE "shop_item" ADD COLUMN "tour" jsonb DEFAULT '{"seen": false}'::jsonb NOT NULL`,
    );
  });
});

describe("every statement knows its operation", () => {
  it("also when it was kept back to the end", () => {
    const text = migrationOf(
      ITEM,
      'migrations.AddField("item", "name", models.SlugField(default=""))',
    );
    const { up } = compile(text);
    expect(up.map(({ operation, isDeferred }) => [operation, isDeferred])).toEqual([
      [0, false],
      [1, false],
      [1, false],
      [1, true],
      [1, true],
    ]);
    const last = up.at(-1)?.span;
    expect(text.slice(last?.start, last?.end)).toMatch(/^migrations\.AddField/);
  });

  it("and for SQL of RunSQL the place of its characters", () => {
    const text = migrationOf('migrations.RunSQL("""SELECT 1;\n-- \\u00e9\nSELECT 2""", "")');
    const [statement] = compile(text).up;
    expect(statement?.sql).toBe("SELECT 1;\n-- é\nSELECT 2");
    const at = statement?.sql.indexOf("SELECT 2") ?? 0;
    const segment = statement?.segments?.findLast((one) => one.at <= at);
    const offset = (segment?.start ?? 0) + at - (segment?.at ?? 0);
    expect(text.slice(offset, offset + 8)).toBe("SELECT 2");
  });
});

describe("a migration that cannot be undone says which operation it is", () => {
  it.each([
    ['migrations.RunSQL("SELECT 1")', "RunSQL has no reverse_sql"],
    ["migrations.RunPython(forwards)", "RunPython has no reverse_code"],
    [
      'migrations.SeparateDatabaseAndState([migrations.RunSQL("SELECT 1")])',
      "RunSQL has no reverse_sql",
    ],
  ])("%s", (operation, reason) => {
    const { down } = compile(migrationOf(ITEM, operation));
    expect(down).toMatchObject({ irreversible: reason, operation: 1 });
  });
});

describe("a constraint that is not known in all", () => {
  const add =
    'migrations.AddConstraint("item", models.CheckConstraint(condition=shop.rules.SANE, name="sane"))';

  it("has one of its name in its place, and a note, so that a later migration can drop it", () => {
    const { up, notes, state } = compile(migrationOf(ITEM, add));
    expect(up.at(-1)?.sql).toBe('ALTER TABLE "shop_item" ADD CONSTRAINT "sane" CHECK (true)');
    expect(notes.map(({ kind, operation }) => [kind, operation])).toEqual([
      ["unknown-expression", 1],
    ]);
    const drop = compile(migrationOf('migrations.RemoveConstraint("item", "sane")'), state);
    expect([drop.up.map(({ sql }) => sql), drop.notes]).toEqual([
      ['ALTER TABLE "shop_item" DROP CONSTRAINT "sane"'],
      [],
    ]);
  });

  it("and an index none, as Django drops it where there is one", () => {
    const unique =
      'migrations.AddConstraint("item", models.UniqueConstraint(fields=["name"], condition=shop.rules.SANE, name="one"))';
    const { up, notes } = compile(migrationOf(ITEM, unique));
    expect([up.length, notes.length]).toEqual([1, 1]);
  });
});

describe("hostile migrations", () => {
  const folder = join(import.meta.dirname, "../fixtures/django/compiled");
  const texts = readdirSync(folder).map((name) =>
    readFileSync(join(folder, name, "migration.py"), "utf8"),
  );
  const token = /\w+|"[^"]*"|[^\s\w"]/g;
  const tokens = [...new Set(texts.flatMap((text) => text.match(token) ?? []))];
  const mutation = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    kind: fc.constantFrom("drop", "double", "replace"),
    by: fc.constantFrom(...tokens),
  });

  it("never make the compiler throw", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(mutation, { minLength: 1, maxLength: 6 }),
        (text, mutations) => {
          const parts = text.split(/(?<=\W)(?=\w)|(?<=\w)(?=\W)/);
          for (const { at, kind, by } of mutations) {
            const index = Math.floor(at * parts.length);
            const part = parts[index] ?? "";
            parts.splice(index, 1, ...{ drop: [], double: [part, part], replace: [by] }[kind]);
          }
          const { up, notes } = compile(parts.join(""), compile(migrationOf(ITEM)).state);
          expect([...up, ...notes].every(({ operation }) => operation >= 0)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("with 5,000 operations are compiled all the same", () => {
    const fields = Array.from(
      { length: 5000 },
      (_, index) => `migrations.AddField("item", "f${index}", models.TextField(null=True))`,
    );
    const { up, notes } = compile(migrationOf(ITEM, ...fields));
    expect([up.length, notes.length]).toEqual([5001, 0]);
  });

  it("with fields and models that refer to themselves do not run in circles", () => {
    const { notes } = compile(
      migrationOf(
        'migrations.CreateModel("A", [("id", models.ForeignKey("shop.A", models.CASCADE, primary_key=True))])',
        'migrations.CreateModel("B", [("x", models.TextField())], bases=("shop.B",))',
        'migrations.CreateModel("C", [], options={"proxy": True}, bases=("shop.C",))',
        'migrations.AddField("C", "x", models.ManyToManyField("shop.C"))',
      ),
    );
    expect(notes.length).toBeGreaterThan(0);
  });
});
