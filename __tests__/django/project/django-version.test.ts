import { describe, expect, it } from "@jest/globals";
import { djangoVersion } from "../../../src/django/project/django-version.ts";
import { folderTree } from "../../../src/sources/folder.ts";
import { repository } from "../../sources/repository.ts";

function version(files: Readonly<Record<string, string>>, base = "."): string | undefined {
  const folder = folderTree(repository({ "app/manage.py": "", ...files })).at(base);
  return folder && djangoVersion(folder)?.numbers.join(".");
}

describe("the version of Django", () => {
  it.each<[string, Readonly<Record<string, string>>, string | undefined]>([
    ["nothing", {}, undefined],
    ["requirements.txt", { "requirements.txt": "a==1\nDjango==5.2.1\n" }, "5.2"],
    [
      "extras and a marker",
      { "requirements.txt": "django[argon2]==4.2.9 ; python_version>'3'\n" },
      "4.2",
    ],
    ["a range", { "requirements.in": "django>=5.1,<5.3\n" }, "5.1"],
    ["compatible", { "requirements/base.txt": "Django~=6.0\n" }, "6.0"],
    ["a major alone", { "requirements.txt": "Django>=5\n" }, "5.0"],
    [
      "other packages only",
      { "requirements.txt": "django-filter==24.1\ndjangorestframework==3.15\n" },
      undefined,
    ],
    [
      "pyproject",
      { "pyproject.toml": '[project]\ndependencies = [\n  "Django>=5.2,<5.3",\n]\n' },
      "5.2",
    ],
    [
      "Poetry's pyproject",
      { "pyproject.toml": '[tool.poetry.dependencies]\ndjango = "^5.1"\n' },
      "5.1",
    ],
    [
      "a table",
      { "pyproject.toml": 'Django = { version = "~4.2", extras = ["bcrypt"] }\n' },
      "4.2",
    ],
    ["setup.cfg", { "setup.cfg": "install_requires =\n    Django>=4.2\n" }, "4.2"],
    ["setup.py", { "setup.py": 'install_requires=["Django >= 3.2"]' }, "3.2"],
    ["uv.lock", { "uv.lock": '[[package]]\nname = "django"\nversion = "6.0.1"\n' }, "6.0"],
    [
      "poetry.lock before a range",
      {
        "poetry.lock": '[[package]]\nname = "Django"\nversion = "5.2.7"\n',
        "pyproject.toml": 'django = ">=4.2"',
      },
      "5.2",
    ],
    [
      "Pipfile.lock",
      {
        "Pipfile.lock": '{"default": {"django": {"hashes": ["sha256:ab"], "version": "==5.1.4"}}}',
      },
      "5.1",
    ],
  ])("%s", (_, files, expected) => {
    expect(version(files)).toBe(expected);
  });

  it("is that of the nearest file", () => {
    const files = { "requirements.txt": "django==4.2\n", "app/requirements.txt": "django==5.2\n" };
    expect(version(files, "app")).toBe("5.2");
    expect(version(files)).toBe("4.2");
  });
});
