import { serialize, deserialize } from "node:v8";
import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { rules } from "../../rules/index.ts";
import type { Memos } from "../../src/core/memos.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../src/core/settings.ts";
import { loadParser } from "../../src/parser/parse-script.ts";
import { loadSources } from "../../src/review/load-sources.ts";
import { review } from "../../src/review/review.ts";
import { detectProjects } from "../../src/sources/detect.ts";
import type { FileChange, RepositoryFiles } from "../../src/sources/files.ts";
import { hashed, repository } from "../sources/repository.ts";

/** What is kept between runs, as a file would hold it. */
class KeptValues implements Memos {
  readonly pack = serialize;
  readonly unpack = deserialize;
  readonly names: string[] = [];
  readonly found: string[] = [];
  readonly #values = new Map<string, Buffer>();

  find(name: string): unknown {
    const value = this.#values.get(name);
    if (value !== undefined) this.found.push(name);
    return value === undefined ? undefined : deserialize(value);
  }

  keep(name: string, memo: unknown): void {
    this.names.push(name);
    this.#values.set(name, serialize(memo));
  }
}

type Texts = Readonly<Record<string, string>>;
type Changes = Readonly<Record<string, FileChange>>;

/** Reviews a change by its texts, and gives all that it comes to but the time. */
async function lint(
  texts: Texts,
  changes: Changes,
  {
    memos,
    settings = {},
    files = repository(texts),
  }: { memos?: Memos; settings?: Partial<Settings>; files?: RepositoryFiles } = {},
): Promise<unknown> {
  const changed = new Map(Object.entries(changes));
  const all = { ...DEFAULT_SETTINGS, ...settings };
  const sources = await loadSources(files.paths, all, memos);
  const { projects, unclaimed, readAll } = detectProjects(files, [], changed, sources);
  const { review: result, crashes } = await review({
    change: { files, changes: changed, since: "test" },
    projects,
    allProjects: readAll,
    unclaimed,
    settings: all,
    rules,
    loadParser,
    lint: true,
    verify: false,
    rows: () => undefined,
    ...(memos && { memos }),
  });
  expect(crashes).toEqual([]);
  return { ...result, summary: { ...result.summary, durationMs: 0 } };
}

function migration(dependencies: string, operations: string, before = ""): string {
  return `from django.conf import settings
from django.db import migrations, models
${before}

class Migration(migrations.Migration):
    dependencies = [${dependencies}]
    operations = [
        ${operations}
    ]
`;
}

const M = "shop/migrations";
const PROJECT: Texts = {
  "manage.py": "",
  "site/settings.py":
    'AUTH_USER_MODEL = "people.Person"\nDATABASES = {"default": {"ENGINE": "django.db.backends.postgresql"}}\n',
  "requirements.txt": "Django==5.2\n",
  "people/__init__.py": "",
  "people/migrations/__init__.py": "",
  "people/migrations/0001_initial.py": migration(
    "",
    'migrations.CreateModel("Person", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())]),',
  ),
  "shop/__init__.py": "",
  "shop/fields.py": "from django.db import models\n\nclass Money(models.DecimalField):\n    pass\n",
  "shop/sizes.py": "LONGEST = 40\n",
  [`${M}/__init__.py`]: "",
  [`${M}/view.sql`]: "CREATE VIEW dear AS SELECT id FROM shop_item WHERE price > 100;\n",
  [`${M}/0001_initial.py`]: migration(
    "migrations.swappable_dependency(settings.AUTH_USER_MODEL)",
    `migrations.CreateModel("Item", [
            ("id", models.BigAutoField(primary_key=True)),
            ("name", models.CharField(max_length=sizes.LONGEST, db_index=True)),
            ("price", shop.fields.Money(max_digits=8, decimal_places=2)),
            ("owner", models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)),
            ("shelf", models.ForeignKey("storage.Shelf", models.CASCADE, null=True)),
        ]),`,
    "import shop.fields\nfrom shop import sizes\n",
  ),
  [`${M}/0002_view.py`]: migration(
    '("shop", "0001_initial")',
    `migrations.RunSQL((Path(__file__).parent / "view.sql").read_text(), "DROP VIEW dear;"),
        migrations.RunSQL("SET lock_timeout = '2s'", migrations.RunSQL.noop),`,
    "from pathlib import Path\n",
  ),
  [`${M}/0003_tags.py`]: migration(
    '("shop", "0002_view")',
    `migrations.AddField("item", "tags", models.ManyToManyField("shop.Item")),
        migrations.AddConstraint("item", models.CheckConstraint(condition=models.Q(price__gt=0), name="positive")),`,
  ),
};
const ADDED: Texts = {
  [`${M}/0004_change.py`]: migration(
    '("shop", "0003_tags")',
    `migrations.AlterField("item", "name", models.CharField(max_length=20, unique=True)),
        migrations.RemoveField("item", "shelf"),
        migrations.RemoveField("item", "price"),
        migrations.AddField("item", "weight", models.IntegerField()),`,
  ),
};
const IS_ADDED: Changes = { [`${M}/0004_change.py`]: "added" };
const SLOTS = ["django .", "history django ."];

describe("what a run keeps of a Django project", () => {
  it("spares the next run the history, and changes nothing of what it says", async () => {
    const texts = { ...PROJECT, ...ADDED };
    const memos = new KeptValues();
    const alone = await lint(texts, IS_ADDED);
    expect(JSON.stringify(alone)).toContain("no-drop-column");
    expect(await lint(texts, IS_ADDED, { memos })).toEqual(alone);
    expect(memos.names).toEqual(SLOTS);
    expect(await lint(texts, IS_ADDED, { memos })).toEqual(alone);
    expect(memos.found).toEqual(SLOTS);
    // It held: otherwise it would have been kept anew.
    expect(memos.names).toEqual(SLOTS);
  });

  it("spares the next run to read files whose hashes are known", async () => {
    const more = migration('("shop", "0003_tags")', "");
    // The first and the last two of a folder are read to tell whose they are.
    const change = ADDED[`${M}/0004_change.py`]?.replace("0003_tags", "0003_with_more") ?? "";
    const texts = {
      ...PROJECT,
      [`${M}/0003_with_more.py`]: more,
      [`${M}/0004_change.py`]: change,
    };
    const memos = new KeptValues();
    const alone = await lint(texts, IS_ADDED);
    await lint(texts, IS_ADDED, { memos, files: hashed(repository(texts)) });
    const files = hashed(repository(texts));
    const read: string[] = [];
    const watched: RepositoryFiles = {
      ...files,
      text(path) {
        read.push(path);
        return files.text(path);
      },
    };
    expect(await lint(texts, IS_ADDED, { memos, files: watched })).toEqual(alone);
    expect(read).toContain(`${M}/0004_change.py`);
    expect(read).not.toContain(`${M}/0003_tags.py`);
    expect(read).not.toContain("shop/sizes.py");
  });

  it("serves another change of the same history", async () => {
    const memos = new KeptValues();
    await lint({ ...PROJECT, ...ADDED }, IS_ADDED, { memos });
    const path = `${M}/0004_other.py`;
    const operations = 'migrations.RenameField("item", "name", "title"),';
    const texts = { ...PROJECT, [path]: migration('("shop", "0003_tags")', operations) };
    const alone = await lint(texts, { [path]: "added" });
    expect(await lint(texts, { [path]: "added" }, { memos })).toEqual(alone);
    expect(memos.names).toEqual(SLOTS);
  });

  it.each(["people", "zoo"])(
    "holds for a change of an app that comes %s in the order",
    async (app) => {
      const memos = new KeptValues();
      await lint({ ...PROJECT, ...ADDED }, IS_ADDED, { memos });
      const path = `${app}/migrations/0002_add.py`;
      const texts = {
        ...PROJECT,
        [`${app}/__init__.py`]: "",
        [`${app}/migrations/__init__.py`]: "",
        [path]: migration(
          app === "people" ? '("people", "0001_initial")' : '("shop", "0003_tags")',
          'migrations.CreateModel("Thing", [("id", models.BigAutoField(primary_key=True)), ("item", models.ForeignKey("shop.Item", models.CASCADE))]),',
        ),
      };
      const alone = await lint(texts, { [path]: "added" });
      expect(await lint(texts, { [path]: "added" }, { memos })).toEqual(alone);
      expect(memos.names).toEqual(SLOTS);
    },
  );

  it("does not hold for another setting of the fields", async () => {
    const memos = new KeptValues();
    const texts = { ...PROJECT, ...ADDED };
    await lint(texts, IS_ADDED, { memos });
    const settings = {
      django: { ...DEFAULT_SETTINGS.django, fields: { "shop.fields.Money": "money" } },
    };
    const alone = await lint(texts, IS_ADDED, { settings });
    expect(await lint(texts, IS_ADDED, { memos, settings })).toEqual(alone);
    expect(memos.names).toEqual([...SLOTS, ...SLOTS]);
  });

  it("is not kept where everything is new", async () => {
    const memos = new KeptValues();
    const everything = Object.fromEntries(
      Object.keys(PROJECT).map((path): [string, FileChange] => [path, "added"]),
    );
    await lint(PROJECT, everything, { memos });
    expect(memos.names).toEqual([]);
  });

  it("says the same with as without, whatever was edited, deleted, renamed or added since", async () => {
    const paths = Object.keys({ ...PROJECT, ...ADDED });
    const edits = [
      (text: string) => text.replace("max_length=20", "max_length=60"),
      (text: string) => text.replace("LONGEST = 40", "LONGEST = 10"),
      (text: string) => text.replace("models.DecimalField", "models.IntegerField"),
      (text: string) => text.replace("price > 100", "name = 'x'"),
      (text: string) => text.replace("people.Person", "auth.User"),
      (text: string) => text.replace("5.2", "3.2"),
      (text: string) => text.replace('"0001_initial"', '"0002_view"'),
      (text: string) => text.replace("null=True", "null=False"),
      (text: string) => text.replace('"positive"', '"above_zero"'),
      (text: string) => text.replace("class Migration", "class Migration("),
      (text: string) => text.replace("lock_timeout", "statement_timeout"),
      (text: string) => `${text}\n# seen\n`,
      () => "",
    ];
    const kind = fc.constantFrom<FileChange | undefined>(undefined, "added", "modified");
    const isHashed = fc.boolean();
    const step = fc.oneof(
      fc.record({
        path: fc.constantFrom(...paths),
        edit: fc.constantFrom(...edits),
        kind,
        isHashed,
      }),
      fc.record({ path: fc.constantFrom(...paths), deleted: fc.constant(true), kind, isHashed }),
      fc.record({
        path: fc.constantFrom(...paths),
        name: fc.constantFrom(`${M}/0009_renamed.py`, "shop/renamed.py", "shop/apps.py"),
        kind,
        isHashed,
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        const memos = new KeptValues();
        let texts: Record<string, string> = { ...PROJECT, ...ADDED };
        let changes: Record<string, FileChange> = { ...IS_ADDED };
        await lint(texts, changes, { memos });
        for (const one of steps) {
          const known = (): RepositoryFiles =>
            one.isHashed ? hashed(repository(texts)) : repository(texts);
          const text = texts[one.path];
          if (text === undefined) continue;
          texts = { ...texts };
          changes = { ...changes };
          if ("edit" in one) texts[one.path] = one.edit(text);
          else {
            Reflect.deleteProperty(texts, one.path);
            Reflect.deleteProperty(changes, one.path);
          }
          const path = "name" in one ? one.name : one.path;
          if ("name" in one) texts[path] = text;
          if (one.kind !== undefined && texts[path] !== undefined) changes[path] = one.kind;
          const alone = await lint(texts, changes);
          expect(await lint(texts, changes, { memos, files: known() })).toEqual(alone);
          // What this run kept serves the next.
          expect(await lint(texts, changes, { memos, files: known() })).toEqual(alone);
        }
      }),
      { numRuns: 25 },
    );
  });
});
