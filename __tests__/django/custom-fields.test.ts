import { describe, expect, it } from "@jest/globals";
import { emptyState } from "../../src/django/compiler/compile-migration.ts";
import { customFieldFinder } from "../../src/django/custom-fields/find-custom-field.ts";
import { readModule } from "../../src/django/python/module.ts";
import { compile, migrationOf, SETTINGS, sqlOf } from "./compile.ts";

const SOURCES: Readonly<Record<string, string>> = {
  "shop.fields": `from django.db import models
from .base import *
from shop.moved import MovedField
LENGTH = 12

class CodeField(models.CharField):
    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = LENGTH
        kwargs.setdefault("null", True)
        super().__init__(*args, **kwargs)

class SlimField(CodeField):
    def __init__(self, *args, size=7, **kwargs):
        super().__init__(*args, unique=True, **kwargs)

class RangeField(models.Field):
    """A range."""
    def db_type(self, connection):
        """The type of the column."""
        return "int8range"

class DocumentField(models.TextField):
    def get_internal_type(self):
        return "JSONField"

class VendorField(models.TextField):
    def db_type(self, connection):
        if connection.vendor == "postgresql":
            return "citext"
        return super().db_type(connection)

class OtherVendorField(models.DateField):
    def db_type(self, connection):
        if connection.vendor == "mysql":
            return "datetime"
        return super().db_type(connection)

class ComputedField(models.CharField):
    def db_type(self, connection):
        return "varchar(%d)" % self.size
`,
  "shop.base": `from django.db.models import Field, IntegerField

class Mixin:
    pass

class RankField(Mixin, IntegerField):
    pass

class BareField(Field):
    pass

class LoopField(LoopField):
    pass
`,
  "shop.moved": "from django.db import models\nclass MovedField(models.DateField): pass\n",
};

const customFields = customFieldFinder({
  configured: { "shop.fields.MoneyField": "numeric(12, 2)", "x.Y": "django.db.models.DateField" },
  module: (name) => {
    const text = SOURCES[name];
    if (text === undefined) return undefined;
    return readModule(text, { path: name, module: { name, isPackage: false } });
  },
});

function columnOf(field: string): string {
  const before = compile(
    migrationOf('migrations.CreateModel("Item", [("id", models.BigAutoField(primary_key=True))])'),
    emptyState({ ...SETTINGS, customFields }),
  ).state;
  const { up, notes } = compile(migrationOf(`migrations.AddField("item", "c", ${field})`), before);
  const [sql = "no column"] = sqlOf(up);
  const column = sql.replace('ALTER TABLE "shop_item" ADD COLUMN "c" ', "");
  return notes.length === 0 ? column : `${column}, noted`;
}

describe("a field class that is not Django's", () => {
  it.each([
    ["is what its base is", "shop.fields.RankField(null=True)", "integer NULL"],
    [
      "has the arguments that its class sets",
      "shop.fields.CodeField(max_length=3)",
      "varchar(12) NULL",
    ],
    ["inherits them", "shop.fields.SlimField()", "varchar(12) NULL UNIQUE"],
    ["has the type that db_type returns", "shop.fields.RangeField(null=True)", "int8range NULL"],
    [
      "has the type that get_internal_type names",
      "shop.fields.DocumentField(null=True)",
      "jsonb NULL",
    ],
    [
      "has the type that db_type returns on PostgreSQL",
      "shop.fields.VendorField(null=True)",
      "citext NULL",
    ],
    [
      "has its base's type where db_type speaks of another database",
      "shop.fields.OtherVendorField(null=True)",
      "date NULL",
    ],
    ["is found where it is imported from", "shop.fields.MovedField(null=True)", "date NULL"],
    ["is what the configuration says", "shop.fields.MoneyField(null=True)", "numeric(12, 2) NULL"],
    ["or the class that it names", "x.Y(null=True)", "date NULL"],
    ["is known when many use it", "timezone_field.TimeZoneField(null=True)", "varchar(63) NULL"],
    ["may have no column", "taggit.managers.TaggableManager(to='taggit.Tag')", "no column"],
    ["that computes its type is said", "shop.fields.ComputedField(null=True)", "text NULL, noted"],
    ["that has no type is said", "shop.fields.BareField(null=True)", "text NULL, noted"],
    ["that extends itself is said", "shop.base.LoopField(null=True)", "text NULL, noted"],
    ["that is nowhere is said", "elsewhere.NoField(null=True)", "text NULL, noted"],
  ])("%s", (_, field, column) => {
    expect(columnOf(field)).toBe(column);
  });
});
