import { describe, expect, it } from "@jest/globals";
import { openChange } from "../../src/git/change-set.ts";
import { HAS_GIT, TemporaryRepository } from "./temporary-folder.ts";

(HAS_GIT ? describe : describe.skip)("a submodule (needs git)", () => {
  it.each([
    ["migrations come to it", "tools", "migrations/2_b.up.sql", true, true],
    ["something else does", "database", "src/main.c", true, false],
    ["nothing is known but its name", "database", "src/main.c", false, true],
    ["nothing is known, and its name is of another kind", "tools", "x.c", false, false],
  ])("at another commit: %s", async (_, path, file, isThere, isUnread) => {
    using inner = new TemporaryRepository();
    inner.write("migrations/1_a.up.sql", "SELECT 1;").commit();
    using outer = new TemporaryRepository();
    outer.git("submodule", "--quiet", "add", inner.root, path);
    outer.commit().git("switch", "--quiet", "--create", "feature");
    outer.write(`${path}/${file}`, "SELECT 2;");
    outer.git("-C", path, "add", "--all");
    outer.git("-C", path, "commit", "--quiet", "-m", "more");
    outer.commit();
    if (!isThere) outer.git("submodule", "--quiet", "deinit", "--force", path);
    const { unread, changes } = await openChange(outer.root, { all: false });
    expect(unread?.map((one) => one.path)).toEqual(isUnread ? [path] : []);
    expect([...changes]).toEqual([]);
  });

  it("that is new and holds migrations is told", async () => {
    using inner = new TemporaryRepository();
    inner.write("migrations/1_a.up.sql", "SELECT 1;").commit();
    using outer = new TemporaryRepository();
    outer.git("switch", "--quiet", "--create", "feature");
    outer.git("submodule", "--quiet", "add", inner.root, "tools");
    const { unread } = await openChange(outer.root, { all: false });
    expect(unread?.map((one) => one.path)).toEqual(["tools"]);
  });

  it("is none of the change where it stands at the same commit, whatever lies in it", async () => {
    using inner = new TemporaryRepository();
    using outer = new TemporaryRepository();
    outer.git("submodule", "--quiet", "add", inner.root, "database");
    outer.commit().write("database/migrations/1_a.up.sql", "SELECT 1;");
    expect((await openChange(outer.root, { all: false })).unread).toEqual([]);
  });
});
