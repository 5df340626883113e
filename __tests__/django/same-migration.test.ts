import { describe, expect, it } from "@jest/globals";
import { isSameMigration } from "../../src/django/migration/same-migration.ts";

function field(text: string, head = ""): string {
  return `from django.db import migrations, models
${head}

class Migration(migrations.Migration):
    operations = [migrations.AddField("item", "size", ${text})]
`;
}

function fill(value: number): string {
  return `def fill(apps, editor):\n    run(${value})\n`;
}

describe("an edit of a migration", () => {
  it.each([
    [
      "quotes and layout",
      'models.CharField(\n    max_length = 5,\n    default=("a"),\n)',
      "models.CharField(max_length=5, default='a')",
    ],
    ["a comment", "models.TextField()  # the size\n", "models.TextField()"],
    ["help_text", 'models.TextField(help_text="in cm", null=True)', "models.TextField(null=True)"],
    [
      "choices and validators",
      "models.TextField(choices=[(1, 2)], validators=[f(3)])",
      "models.TextField()",
    ],
  ])("of %s is none", (_, a, b) => {
    expect(isSameMigration(field(a), field(b))).toBe(true);
  });

  it.each([
    ["an argument", "models.CharField(max_length=5)", "models.CharField(max_length=6)"],
    ["a class", "models.TextField()", "models.JSONField()"],
    ["blank, which fills rows", "models.TextField(blank=True)", "models.TextField()"],
    ["brackets that hold other things", "f((1, 2), 3)", "f(1, (2, 3))"],
    ["a tuple of one", "f((1,))", "f((1))"],
    ["a list and a tuple", "f([1])", "f((1,))"],
    ["text within a string", 'f("a  b")', 'f("a b")'],
    ["a keyword of that name elsewhere", "f({'help_text': 1})", "f({'help_text': 2})"],
    ["what is no Python", "f((", "f((("],
  ])("of %s is one", (_, a, b) => {
    expect(isSameMigration(field(a), field(b))).toBe(false);
  });

  it("of the code that a migration runs is one", () => {
    expect(isSameMigration(field("f()", fill(1)), field("f()", fill(2)))).toBe(false);
  });
});
