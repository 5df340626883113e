import { describe, expect, it } from "@jest/globals";
import { djangoFiles, djangoFindings } from "./django.ts";

const BEFORE = `from django.db import migrations, models

class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel("Item", [
            ("id", models.BigAutoField(primary_key=True)),
            ("name", models.TextField()),
        ]),
    ]`;

function change(operations: string, head = "", more = ""): string {
  return `from django.db import migrations, models
${head}
class Migration(migrations.Migration):
    dependencies = [("shop", "0001_before")]
${more}
    operations = [${operations}]`;
}

function found(rule: string, files: Readonly<Record<string, string>>): string[] {
  return djangoFindings(files)
    .filter((finding) => finding.rule === rule)
    .map(({ message }) => message);
}

const separate = (database: string, state: string): string =>
  `migrations.SeparateDatabaseAndState([${database}], [${state}])`;

describe("rule no-state-mismatch", () => {
  it.each([
    [
      "a model without a table",
      separate(
        "",
        'migrations.CreateModel("Tag", [("id", models.BigAutoField(primary_key=True))])',
      ),
      /^Every query of shop\.Tag fails: its table `shop_tag`/,
    ],
    [
      "a many-to-many table that nobody made",
      separate("", 'migrations.AddField("item", "twins", models.ManyToManyField("shop.Item"))'),
      /its table `shop_item_twins`/,
    ],
    [
      "a required column that the model lost",
      separate("", 'migrations.RemoveField("item", "name")'),
      /^Every INSERT of shop\.Item fails: `shop_item` has the column `name`/,
    ],
    [
      "RunSQL that makes another column",
      `migrations.RunSQL("ALTER TABLE shop_item ADD sise int", migrations.RunSQL.noop, state_operations=[migrations.AddField("item", "size", models.IntegerField(null=True))])`,
      /its column `size` is in Django's state/,
    ],
    [
      "a column that may be empty where the field may not",
      separate(
        'migrations.RunSQL("ALTER TABLE shop_item ADD size int DEFAULT 0", migrations.RunSQL.noop)',
        'migrations.AddField("item", "size", models.IntegerField(default=0))',
      ),
      /^Code that counts on a value meets NULL: `shop_item`\.`size`/,
    ],
  ])("fires: %s", (_, operation, says) => {
    expect(found("no-state-mismatch", djangoFiles(BEFORE, change(operation)))).toEqual([
      expect.stringMatching(says),
    ]);
  });

  it.each([
    [
      "a model that moves with its table",
      separate(
        "",
        'migrations.CreateModel("Thing", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())], options={"db_table": "shop_item"})',
      ),
    ],
    [
      "a model that is not managed",
      separate(
        "",
        'migrations.CreateModel("Report", [("id", models.BigAutoField(primary_key=True))], options={"managed": False})',
      ),
    ],
    [
      "halves that agree",
      separate(
        'migrations.RunSQL("ALTER TABLE shop_item ADD size int", migrations.RunSQL.noop)',
        'migrations.AddField("item", "size", models.IntegerField(null=True))',
      ),
    ],
    [
      "a column with a default that the model lost",
      separate(
        'migrations.RunSQL("ALTER TABLE shop_item ALTER name SET DEFAULT 1", migrations.RunSQL.noop)',
        'migrations.RemoveField("item", "name")',
      ),
    ],
    ["an operation that does both", 'migrations.RemoveField("item", "name")'],
    [
      "code that may have made the table",
      `${separate("", 'migrations.CreateModel("Tag", [("id", models.BigAutoField(primary_key=True))])')}, migrations.RunPython(lambda apps, schema_editor: None)`,
    ],
    [
      "a table of which no more is known than what refers to it",
      `${separate("", 'migrations.CreateModel("Tag", [("id", models.IntegerField(primary_key=True)), ("name", models.TextField())])')}, migrations.AddField("item", "tag", models.ForeignKey("shop.Tag", models.CASCADE, null=True))`,
    ],
  ])("is silent: %s", (_, operation) => {
    expect(found("no-state-mismatch", djangoFiles(BEFORE, change(operation)))).toEqual([]);
  });

  it.each([
    [
      "gives the model its table",
      separate(
        "",
        'migrations.CreateModel("Tag", [("id", models.BigAutoField(primary_key=True))])',
      ),
      'migrations.RunSQL("CREATE TABLE t (id bigint PRIMARY KEY); ALTER TABLE t RENAME TO shop_tag", migrations.RunSQL.noop)',
    ],
    [
      "gives the model its field again",
      separate("", 'migrations.RemoveField("item", "name")'),
      separate("", 'migrations.AddField("item", "name", models.TextField())'),
    ],
    [
      "alters a relation whose table code made",
      `migrations.RunPython(print, print), ${separate("", 'migrations.AddField("item", "twins", models.ManyToManyField("shop.Item"))')}`,
      separate(
        "",
        'migrations.AlterField("item", "twins", models.ManyToManyField("shop.Item", blank=True))',
      ),
    ],
  ])("is silent where the next migration of the change %s", (_, first, second) => {
    const later = change(second).replace("0001_before", "0002_change");
    const files = djangoFiles(BEFORE, `${change(first)}\n---\n${later}`);
    expect(found("no-state-mismatch", files)).toEqual([]);
  });
});

function squashed(replaces: string): string {
  return change(
    `migrations.RemoveField("item", "name"),
        migrations.AddField("item", "size", models.IntegerField()),
        migrations.AddIndex("item", models.Index(fields=["size"], name="sizes")),`,
    "",
    replaces,
  );
}

/** The rules that call something of a squash an error. */
function errorsOf(replaces: string): string[] {
  return djangoFindings(djangoFiles(BEFORE, squashed(replaces)))
    .filter(({ severity }) => severity === "error")
    .map(({ rule }) => rule);
}

describe("a squashed migration", () => {
  it("runs on new databases alone, whose tables nobody uses yet", () => {
    expect(errorsOf("")).toEqual([
      "no-drop-column",
      "no-required-column-without-default",
      "require-concurrent-index",
    ]);
    expect(errorsOf('    replaces = [("shop", "0002_name"), ("shop", "0003_size")]')).toEqual([]);
  });
});

const other = (dependency: string): Record<string, string> => ({
  ...djangoFiles(
    BEFORE,
    change(
      'migrations.AddField("item", "tag", models.ForeignKey("tags.Tag", models.CASCADE, null=True))',
      "",
      dependency,
    ),
  ),
  "tags/__init__.py": "",
  "tags/migrations/__init__.py": "",
  "tags/migrations/0001_tag.py": `from django.db import migrations, models

class Migration(migrations.Migration):
    operations = [migrations.CreateModel("Tag", [("id", models.BigAutoField(primary_key=True))])]`,
});

describe("rule require-declared-dependency", () => {
  it("fires for a model of another app, once for each app", () => {
    expect(found("require-declared-dependency", other(""))).toEqual([
      expect.stringMatching(/^shop\.0002_change refers to tags\.Tag, .* Add `\("tags", "…"\)`/),
    ]);
  });

  it("is silent where the dependency is there, directly or by way of another", () => {
    const direct = other('    dependencies = [("shop", "0001_before"), ("tags", "0001_tag")]');
    expect(found("require-declared-dependency", direct)).toEqual([]);
    const before = BEFORE.replace(
      "    operations",
      '    dependencies = [("tags", "0001_tag")]\n    operations',
    );
    const indirect = { ...other(""), "shop/migrations/0001_before.py": before };
    expect(found("require-declared-dependency", indirect)).toEqual([]);
  });

  it("is silent for an app that is installed from elsewhere", () => {
    const files = djangoFiles(
      BEFORE,
      change(
        'migrations.AddField("item", "tag", models.ForeignKey("taggit.Tag", models.CASCADE, null=True))',
      ),
    );
    expect(found("require-declared-dependency", files)).toEqual([]);
  });
});

describe("rule no-unknown-default", () => {
  it("names the field, and is silent where the project's text tells the value", () => {
    const code = change(
      'migrations.AddField("item", "kind", models.TextField(default=kinds.USUAL, null=True))',
      "from shop import kinds",
    );
    expect(found("no-unknown-default", djangoFiles(BEFORE, code))).toEqual([
      expect.stringContaining("the default of kind is code of the project"),
    ]);
    const files = { ...djangoFiles(BEFORE, code), "shop/kinds.py": 'USUAL = "usual"\n' };
    expect(found("no-unknown-default", files)).toEqual([]);
  });
});

describe("rule no-squashed-code", () => {
  it("is silent where it can be left out, and in a migration that replaces none", () => {
    const sql = 'migrations.RunSQL("SELECT 1", migrations.RunSQL.noop, elidable=True)';
    const squash = '    replaces = [("shop", "0002_gone")]';
    expect(found("no-squashed-code", djangoFiles(BEFORE, change(sql, "", squash)))).toEqual([]);
    const plain = 'migrations.RunSQL("SELECT 1", migrations.RunSQL.noop)';
    expect(found("no-squashed-code", djangoFiles(BEFORE, change(plain)))).toEqual([]);
    expect(found("no-squashed-code", djangoFiles(BEFORE, change(plain, "", squash)))).toHaveLength(
      1,
    );
  });
});

it("what comes before a statement is named by its line in the migration's file, and remedies in Django's words", () => {
  const text = change(
    `
        migrations.AddField("item", "size", models.IntegerField(default=0)),
        migrations.RunSQL("UPDATE shop_item SET name = ''", migrations.RunSQL.noop),`,
  );
  const line = text.slice(0, text.indexOf("migrations.AddField")).split("\n").length;
  const files = djangoFiles(BEFORE, text);
  expect(found("no-backfill-with-schema-change", files)).toEqual([
    expect.stringContaining(`the statement on line ${line} took an ACCESS EXCLUSIVE lock`),
  ]);
  expect(found("no-early-requirement", files)).toEqual([
    expect.stringContaining("Give the field a `db_default`"),
  ]);
});

it("a mismatch stands at the operation on the state that makes it, and a comment above accepts it", () => {
  const at = separate("", 'migrations.AddField("item", "ghost", models.IntegerField(null=True))');
  const first = 'migrations.AddField("item", "size", models.IntegerField(null=True))';
  const text = change(`
        ${first},
        ${at},`);
  const [finding] = djangoFindings(djangoFiles(BEFORE, text)).filter(
    ({ rule }) => rule === "no-state-mismatch",
  );
  const written = text.slice(0, text.indexOf('migrations.AddField("item", "ghost"')).split("\n");
  expect([finding?.line, finding?.column]).toEqual([
    written.length,
    (written.at(-1)?.length ?? 0) + 1,
  ]);
  const accepted = text.replace(
    at,
    `# migrate-verify-ignore no-state-mismatch tried\n        ${at}`,
  );
  expect(found("no-state-mismatch", djangoFiles(BEFORE, accepted))).toEqual([]);
});
