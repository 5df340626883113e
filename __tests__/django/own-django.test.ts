import { describe, expect, it } from "@jest/globals";
import { checkOwn, COMMAND, HAS_BWRAP, HAS_DJANGO, leftFolders } from "./own-django.ts";

const onDjango = HAS_DJANGO ? describe : describe.skip;
const inSandbox = HAS_BWRAP ? it : it.skip;

function migration(operations: string, code = ""): string {
  return `from django.db import migrations, models


${code}


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]
    operations = [${operations}]
`;
}

const FILL = `def fill(apps, schema_editor):
    Product = apps.get_model("catalog", "Product")
    Product.objects.filter(slug=None).update(slug="none")`;
const FILLED = `migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("product", "slug", models.CharField(max_length=200))`;
const ALIKE = migration(
  'migrations.AlterField("product", "slug", models.CharField(max_length=200, default=""), preserve_default=False)',
);

onDjango("the project's own Django", () => {
  it("runs the code of a migration, so that what needs its rows passes", () => {
    const { migration: checked, unverified, review } = checkOwn(migration(FILLED, FILL));
    expect(unverified).toEqual([]);
    expect(checked.verification).toMatchObject({
      up: { outcome: "passed" },
      upAgain: { outcome: "passed" },
    });
    expect(checked.verification?.survival?.fates).toContainEqual(
      expect.objectContaining({ table: "catalog_product" }),
    );
    expect(checked.findings.map(({ rule }) => rule)).not.toContain("no-unverified-code");
    expect(review.engine?.limits).toContainEqual(
      expect.stringMatching(/^The project's own Django 5\.2\.\d+ migrated the database, too/),
    );
  });

  it("is not asked without the configuration's word: then the gap is told", () => {
    const { unverified } = checkOwn(migration(FILLED, FILL), { django: {} });
    expect(unverified.join()).toContain("RunPython was not run");
  });

  it("tells the line at which code stops, whatever the rows", () => {
    const code = `def fill(apps, schema_editor):
    raise KeyError("colour")`;
    const { status, migration: checked } = checkOwn(
      migration("migrations.RunPython(fill, migrations.RunPython.noop)", code),
    );
    expect(status).toBe(1);
    expect(checked.verification?.up).toMatchObject({
      outcome: "failed",
      error: { message: "KeyError: 'colour'", line: 5 },
    });
  });

  it("tells code that stops on rows apart from code that always does", () => {
    const code = `def fill(apps, schema_editor):
    for product in apps.get_model("catalog", "Product").objects.iterator():
        int(product.title)`;
    const { verification } = checkOwn(
      migration("migrations.RunPython(fill, migrations.RunPython.noop)", code),
    ).migration;
    expect(verification?.up.outcome).toBe("passed");
    expect(verification?.cautions).toMatchObject([{ step: "up", on: "varied" }]);
  });

  it("gives a reverse that does not bring the rows back the verdict that it has", () => {
    const code = `def wipe(apps, schema_editor):
    apps.get_model("catalog", "Product").objects.update(title="")`;
    const { verification } = checkOwn(
      migration("migrations.RunPython(wipe, migrations.RunPython.noop)", code),
    ).migration;
    expect(verification?.down.verdict).toBe("no-op");
    expect(verification?.rows).toMatchObject([
      { table: "catalog_product", changedColumns: ["title"] },
    ]);
  });

  it("says of a migration that cannot be undone what Django says", () => {
    const { verification } = checkOwn(migration("migrations.RunPython(fill)", FILL)).migration;
    expect(verification?.down).toMatchObject({
      verdict: "missing",
      reason: expect.stringContaining("is not reversible"),
    });
  });

  it("tells models that changed without a migration", () => {
    const models = `from django.db import models


class Product(models.Model):
    title = models.CharField(max_length=200)
    slug = models.CharField(max_length=200)
    colour = models.TextField(default="")
`;
    const { unverified } = checkOwn(ALIKE, { files: { "catalog/models.py": models } });
    expect(unverified).toEqual([
      "catalog: its models changed without a migration: Add field colour to product. `makemigrations` writes it",
    ]);
  });

  it("tells a statement that Django sends and we compiled otherwise", () => {
    const code = `class Loud(migrations.AlterField):
    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        schema_editor.execute('ALTER TABLE "catalog_product" ALTER COLUMN "slug" SET NOT NULL')`;
    const { unverified } = checkOwn(
      migration('Loud("product", "slug", models.CharField(max_length=200))', code),
    );
    expect(unverified.join()).toMatch(
      /Django sent ALTER TABLE "catalog_product" ALTER COLUMN "slug" SET NOT NULL|not known/,
    );
  });

  it("holds where what was compiled of an earlier migration does not apply, and says so", () => {
    const odd = `class Odd(migrations.RunSQL):
    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        schema_editor.execute("SELECT 1")`;
    const earlier = migration('Odd("DROP TABLE nothing")', odd);
    const {
      review,
      unverified,
      migration: checked,
    } = checkOwn(ALIKE.replace("0001_initial", "0001_odd"), {
      files: { "catalog/migrations/0001_odd.py": earlier },
    });
    expect(checked.verification).toMatchObject({ up: { outcome: "passed" } });
    expect(unverified.join()).not.toContain("cannot be applied");
    expect(review.engine?.limits).toContainEqual(
      expect.stringMatching(
        /^Single statements were not observed, as what was compiled of catalog\/migrations\/0001_odd/,
      ),
    );
  });

  it.each([
    ["no such program", { command: "no-such-python manage.py" }, /no program "no-such-python"/],
    ["a command that ends", { command: "/bin/false manage.py" }, /`\/bin\/false manage\.py` ended/],
  ])("fails the gate for %s", (_, django, reason) => {
    let told: string;
    try {
      told = checkOwn(ALIKE, { django }).unverified.join();
    } catch (error) {
      told = String(error);
    }
    expect(told).toMatch(reason);
  });

  it("hands the environment of the configuration over, and no other", () => {
    const settings = `import os

INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "catalog"]
DEFAULT_AUTO_FIELD = os.environ["AUTO_FIELD"]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "market"}}
assert "MIGRATE_VERIFY_TEST_SECRET" not in os.environ
`;
    process.env["MIGRATE_VERIFY_TEST_SECRET"] = "sesame";
    try {
      const { unverified } = checkOwn(ALIKE, {
        django: {
          ...COMMAND,
          environment: { AUTO_FIELD: "django.db.models.BigAutoField" },
        },
        files: { "market/settings.py": settings },
      });
      expect(unverified).toEqual([]);
    } finally {
      delete process.env["MIGRATE_VERIFY_TEST_SECRET"];
    }
  });

  it("ends code that does not end, and leaves nothing behind", () => {
    const code = `def fill(apps, schema_editor):
    while True:
        pass`;
    const { unverified } = checkOwn(
      migration("migrations.RunPython(fill, migrations.RunPython.noop)", code),
      { more: "verify: { limits: { migration: 4s } }\n" },
    );
    expect(unverified.join()).toContain("ran past the limit of 4 s for one migration");
    expect(leftFolders()).toEqual([]);
  });

  inSandbox("keeps code from the network, from files and from secrets", () => {
    const code = `def reach(apps, schema_editor):
    import glob, os, socket
    reached = []
    for name, attempt in {
        "the network": lambda: socket.create_connection(("127.0.0.1", 5432), 1),
        "the project's files": lambda: open(__file__, "a"),
        "the server's files": lambda: glob.glob("/dev/shm/*/data")[0],
        "the machine's secrets": lambda: open("/etc/shadow"),
        "other processes": lambda: [pid for pid in os.listdir("/proc") if pid.isdigit()][20],
    }.items():
        try:
            attempt()
            reached.append(name)
        except (OSError, IndexError):
            pass
    raise Exception(f"reached {reached}")`;
    const { verification } = checkOwn(
      migration("migrations.RunPython(reach, migrations.RunPython.noop)", code),
    ).migration;
    expect(verification?.up.error?.message).toBe("Exception: reached []");
  });
});
