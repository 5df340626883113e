import { describe, expect, it } from "@jest/globals";
import { djangoSettings, otherDatabase } from "../../../src/django/project/django-settings.ts";
import { folderTree } from "../../../src/sources/folder.ts";
import { repository } from "../../sources/repository.ts";

function settings(files: Readonly<Record<string, string>>): ReturnType<typeof djangoSettings> {
  return djangoSettings(folderTree(repository(files)));
}

describe("the settings of a Django project", () => {
  it.each([
    ["AUTH_USER_MODEL = 'users.User'\n", "users.User"],
    ['AUTH_USER_MODEL: str = "users.User"  # ours\n', "users.User"],
    ['AUTH_USER_MODEL = env("AUTH_USER_MODEL", default="users.User")\n', "users.User"],
    ['AUTH_USER_MODEL = os.environ.get("X", "users.User")\n', "users.User"],
    ["# AUTH_USER_MODEL = 'users.User'\n", undefined],
    ["AUTH_USER_MODEL = compute()\n", undefined],
    ["OTHER_AUTH_USER_MODEL = 'users.User'\n", undefined],
  ])("reads %j", (text, expected) => {
    expect(settings({ "conf/settings.py": text }).authUserModel).toBe(expected);
  });

  it("prefers those that are no test's, and reads a package of settings", () => {
    const { authUserModel, defaultAutoField, routed, literal } = settings({
      "a/settings/test.py": "AUTH_USER_MODEL = 'tests.User'\nSIZE = 7\n",
      "b/settings/base.py":
        "AUTH_USER_MODEL = 'users.User'\nDEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'\nDATABASE_ROUTERS = ['x.Y']\n",
    });
    expect([authUserModel, defaultAutoField]).toEqual([
      "users.User",
      "django.db.models.BigAutoField",
    ]);
    expect(routed).toBe(true);
    expect(literal("SIZE")).toBe(7);
  });

  it.each([
    ["'ENGINE': 'django.db.backends.mysql'", "MySQL"],
    ["'ENGINE': 'django.db.backends.sqlite3'", "SQLite"],
    ["'ENGINE': 'django.db.backends.postgresql'", undefined],
    ["'ENGINE': 'django.db.backends.sqlite3', 'X': env('DATABASE_URL')", undefined],
    ["'ENGINE': 'x.backend'", undefined],
    ["'default': dj_database_url.config()", undefined],
  ])("knows the database of %s", (text, expected) => {
    expect(otherDatabase(settings({ "settings.py": `DATABASES = {${text}}` }))).toBe(expected);
  });
});
