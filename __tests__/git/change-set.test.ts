import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { chmodSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../src/core/user-error.ts";
import { type ChangeOptions, openChange, unopenedMigrations } from "../../src/git/change-set.ts";
import { CommitFiles } from "../../src/git/commit-files.ts";
import { unopenedIn } from "../../src/git/working-tree.ts";
import { HAS_GIT, TemporaryFolder, TemporaryRepository } from "./temporary-folder.ts";

const describeWithGit = HAS_GIT ? describe : describe.skip;

async function changesIn(folder: string, options: Partial<ChangeOptions> = {}): Promise<unknown> {
  const { changes } = await openChange(folder, { all: false, ...options });
  return Object.fromEntries([...changes].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

async function errorOf(folder: string, options: Partial<ChangeOptions> = {}): Promise<UserError> {
  const failure: unknown = await openChange(folder, { all: false, ...options }).catch(
    (error: unknown) => error,
  );
  if (failure instanceof UserError) return failure;
  throw new Error("it did not fail with a UserError", { cause: failure });
}

describeWithGit("what a branch changed (needs git)", () => {
  let repository: TemporaryRepository;
  beforeEach(() => {
    repository = new TemporaryRepository();
  });
  afterEach(() => repository[Symbol.dispose]());

  it("is committed, staged, unstaged and untracked work", async () => {
    repository
      .write(".gitignore", "*.log\n")
      .write("db/2_b.sql", "2")
      .write("db/3_c.sql", "3")
      .commit();
    repository.git("switch", "--quiet", "--create", "feature");
    repository.write("db/4_committed.sql", "4").commit();
    repository.write("db/5_staged.sql", "5").git("add", "db/5_staged.sql");
    repository.write("db/6_untracked.sql", "6").write("ignored.log", "");
    repository.write("db/2_b.sql", "edited").remove("db/3_c.sql");
    expect(await changesIn(repository.root)).toEqual({
      "db/2_b.sql": "modified",
      "db/3_c.sql": "deleted",
      "db/4_committed.sql": "added",
      "db/5_staged.sql": "added",
      "db/6_untracked.sql": "added",
    });
    const { files, root } = await openChange(repository.root, { all: false });
    expect(root).toBe(repository.root);
    expect(files.paths).toEqual([
      ".gitignore",
      "db/1_a.sql",
      "db/2_b.sql",
      "db/4_committed.sql",
      "db/5_staged.sql",
      "db/6_untracked.sql",
    ]);
    expect(files.text("db/2_b.sql")).toEqual({ text: "edited" });
  });

  it("knows what a file holds by its hash only where the file is as it is in the index", async () => {
    repository.write("db/2_b.sql", "22222").write("db/3_c.sql", "3").write("db/4_d.sql", "4");
    repository.write("db/5_e.sql", "5").write("db/6_f.sql", "6").commit();
    const hash = (name: string): string => repository.git("rev-parse", `:${name}`);
    const path = repository.path("db/2_b.sql");
    const { atime, mtime } = statSync(path);
    // The same length, and the same time of change.
    repository.write("db/2_b.sql", "edits");
    utimesSync(path, atime, mtime);
    repository.write("db/3_c.sql", "staged").git("add", "db/3_c.sql");
    repository.git("update-index", "--assume-unchanged", "db/4_d.sql");
    repository.write("db/4_d.sql", "unseen").write("db/7_g.sql", "untracked");
    repository.git("update-index", "--skip-worktree", "db/6_f.sql");
    const { files } = await openChange(repository.root, { all: false });
    expect(Object.fromEntries(files.paths.map((one) => [one, files.id?.(one)]))).toEqual({
      "db/1_a.sql": hash("db/1_a.sql"),
      "db/2_b.sql": undefined,
      "db/3_c.sql": hash("db/3_c.sql"),
      "db/4_d.sql": undefined,
      "db/5_e.sql": hash("db/5_e.sql"),
      "db/6_f.sql": undefined,
      "db/7_g.sql": undefined,
    });
  });

  it("is not what the default branch got since", async () => {
    repository.git("branch", "feature");
    repository.write("db/2_main.sql", "2").commit().git("switch", "--quiet", "feature");
    repository.write("db/2_feature.sql", "2").commit();
    expect(await changesIn(repository.root)).toEqual({ "db/2_feature.sql": "added" });
  });

  it.each(["db/2_a.sql", "x.txt", "db/1_a.sql.bak"])(
    "has a renamed file under its new name, and as deleted under its old one: %s",
    async (name) => {
      repository.git("switch", "--quiet", "--create", "feature");
      repository.git("mv", "db/1_a.sql", name);
      const expected = {
        "db/1_a.sql": "deleted",
        [name]: { renamedFrom: "db/1_a.sql", sameText: true },
      };
      expect(await changesIn(repository.root)).toEqual(expected);
      repository.commit();
      expect(await changesIn(repository.root)).toEqual(expected);
    },
  );

  it("has no file whose mode alone changed, committed or not", async () => {
    repository.write("db/2_b.sql", "2").commit();
    repository.git("switch", "--quiet", "--create", "feature");
    chmodSync(repository.path("db/1_a.sql"), 0o755);
    chmodSync(repository.path("db/2_b.sql"), 0o755);
    expect(await changesIn(repository.root)).toEqual({});
    repository.commit();
    expect(await changesIn(repository.root)).toEqual({});
    repository.write("db/2_b.sql", "edited");
    expect(await changesIn(repository.root)).toEqual({ "db/2_b.sql": "modified" });
    repository.commit();
    expect(await changesIn(repository.root)).toEqual({ "db/2_b.sql": "modified" });
  });

  it("has a file that was only taken out of the index as modified", async () => {
    repository.git("rm", "--quiet", "--cached", "db/1_a.sql");
    expect(await changesIn(repository.root)).toEqual({ "db/1_a.sql": "modified" });
  });

  it("has names of any characters", async () => {
    const names = ["db/2 with space.sql", "db/3_ü😀.sql", 'db/4_"quote".sql', "db/5_new\nline.sql"];
    repository.git("switch", "--quiet", "--create", "feature");
    for (const name of names) repository.write(name, "x");
    repository.commit().write("db/6_ü.sql", "");
    const expected = [...names, "db/6_ü.sql"].map((name) => [name, "added"]);
    expect(await changesIn(repository.root)).toEqual(Object.fromEntries(expected));
  });

  it("counts from the root, whatever folder it is asked in", async () => {
    repository.write("db/2_b.sql", "").write("other/x.sql", "");
    expect(await changesIn(repository.path("db"))).toEqual({
      "db/2_b.sql": "added",
      "other/x.sql": "added",
    });
  });

  it("leaves out repositories inside of it", async () => {
    repository.write("inner/a.sql", "");
    repository.git("init", "--quiet", "inner");
    expect(await changesIn(repository.root)).toEqual({});
  });

  it("is nothing on the default branch itself, and says so", async () => {
    const { changes, since } = await openChange(repository.root, { all: false });
    expect(changes.size).toBe(0);
    expect(since).toMatch(/^merge base [0-9a-f]{7} of main, which is HEAD$/);
  });

  it("is everything when there is no commit yet, and with --all", async () => {
    using empty = new TemporaryFolder();
    empty.write("db/1_a.sql", "");
    repository.git("init", "--quiet", empty.root);
    expect(await changesIn(empty.root)).toEqual({ "db/1_a.sql": "added" });
    expect((await openChange(empty.root, { all: false })).since).toBe("no commit yet");
    expect(await changesIn(repository.root, { all: true })).toEqual({ "db/1_a.sql": "added" });
  });

  it("is measured against any commit that is asked for", async () => {
    repository.git("tag", "v1");
    repository.write("db/2_b.sql", "").commit().write("db/3_c.sql", "").commit();
    expect(await changesIn(repository.root, { since: "HEAD~1" })).toEqual({
      "db/3_c.sql": "added",
    });
    const { since, changes } = await openChange(repository.root, { all: false, since: "v1" });
    expect([...changes.keys()]).toEqual(["db/2_b.sql", "db/3_c.sql"]);
    expect(since).toMatch(/^merge base [0-9a-f]{7} of v1$/);
  });
});

describeWithGit("the default branch (needs git)", () => {
  let remote: TemporaryRepository;
  let clone: TemporaryFolder;
  beforeEach(() => {
    remote = new TemporaryRepository();
    clone = new TemporaryFolder();
  });
  afterEach(() => {
    remote[Symbol.dispose]();
    clone[Symbol.dispose]();
  });

  it("is the remote's, whatever its name", async () => {
    remote.git("branch", "--move", "main", "trunk");
    remote.git("clone", "--quiet", remote.root, clone.path("c"));
    remote.git("-C", clone.path("c"), "commit", "--quiet", "--allow-empty", "-m", "local");
    clone.write("c/db/2_b.sql", "");
    const { since, changes } = await openChange(clone.path("c"), { all: false });
    expect(since).toMatch(/of origin\/trunk$/);
    expect([...changes.keys()]).toEqual(["db/2_b.sql"]);
  });

  it("is the pull request's base branch, where a workflow tells it", async () => {
    remote.git("switch", "--quiet", "--create", "release/1");
    remote.write("db/2_b.sql", "").commit().git("switch", "--quiet", "main");
    remote.git("clone", "--quiet", remote.root, clone.path("c"));
    remote.git("-C", clone.path("c"), "switch", "--quiet", "--detach", "origin/release/1");
    clone.write("c/db/3_c.sql", "");
    expect(await changesIn(clone.path("c"), { baseBranch: "release/1" })).toEqual({
      "db/3_c.sql": "added",
    });
    expect(await changesIn(clone.path("c"), { baseBranch: "" })).toEqual({
      "db/2_b.sql": "added",
      "db/3_c.sql": "added",
    });
    const error = await errorOf(clone.path("c"), { baseBranch: "release/2" });
    expect(error.message).toBe(
      "release/2 is not in this clone, so it cannot be told what changed.",
    );
    expect(error.exitCode).toBe(3);
  });

  /** Runs the command that an error says, in a clone. */
  function runHint(folder: string, { hint }: UserError): void {
    const [, options = "", branches = ""] = /git (fetch [^"]*)"([^"]*)"/.exec(hint ?? "") ?? [];
    remote.git("-C", folder, ...options.trim().split(" "), "--quiet", branches);
  }

  it("cannot be compared with in a shallow clone, and the message says what to do", async () => {
    remote.git("switch", "--quiet", "--create", "feature");
    remote.write("db/2_b.sql", "").commit().git("switch", "--quiet", "main");
    const url = `file://${remote.root}`;
    remote.git("clone", "--quiet", "--depth=1", "--branch=feature", url, clone.path("c"));
    const without = await errorOf(clone.path("c"));
    expect(without.message).toMatch(/^The default branch is not in this clone/);
    remote.git(
      "-C",
      clone.path("c"),
      "fetch",
      "--quiet",
      "--depth=1",
      "origin",
      "main:refs/remotes/origin/main",
    );
    const cut = await errorOf(clone.path("c"));
    expect(cut.message).toMatch(/^HEAD and origin\/main have no common ancestor in this clone/);
    for (const error of [without, cut, await errorOf(clone.path("c"), { since: "v9" })]) {
      expect(error.hint).toMatch(/git fetch --unshallow origin.*fetch-depth: 0/);
    }
    runHint(clone.path("c"), without);
    expect(await changesIn(clone.path("c"))).toEqual({ "db/2_b.sql": "added" });
  });

  it("cannot be compared with in a clone of one branch, and the command that is said mends it", async () => {
    remote.git("switch", "--quiet", "--create", "feature");
    remote.write("db/2_b.sql", "").commit().git("switch", "--quiet", "main");
    const url = `file://${remote.root}`;
    remote.git("clone", "--quiet", "--single-branch", "--branch=feature", url, clone.path("c"));
    const error = await errorOf(clone.path("c"));
    expect(error.message).toMatch(/^The default branch is not in this clone/);
    runHint(clone.path("c"), error);
    expect(await changesIn(clone.path("c"))).toEqual({ "db/2_b.sql": "added" });
  });

  it("is meant where its name alone is given and no local branch has it", async () => {
    remote.git("clone", "--quiet", `file://${remote.root}`, clone.path("c"));
    remote.git("-C", clone.path("c"), "switch", "--quiet", "--create", "feature");
    remote.git("-C", clone.path("c"), "branch", "--quiet", "--delete", "main");
    const error = await errorOf(clone.path("c"), { since: "main" });
    expect(error.hint).toBe("Did you mean origin/main?");
  });
});

describeWithGit("a repository that lacks an object, as partial clones do (needs git)", () => {
  let repository: TemporaryRepository;
  beforeEach(() => {
    repository = new TemporaryRepository();
  });
  afterEach(() => repository[Symbol.dispose]());

  function loseObjectOf(path: string): void {
    const hash = repository.git("rev-parse", `HEAD:${path}`);
    repository.remove(`.git/objects/${hash.slice(0, 2)}/${hash.slice(2)}`);
  }

  it("is told, with the command that tells what it lacks", async () => {
    loseObjectOf("db/1_a.sql");
    // Whether it was renamed can only be told from its text.
    repository.remove("db/1_a.sql").write("db/2_b.sql", "SELECT 2;").git("add", "--all");
    const { message, hint, exitCode } = await errorOf(repository.root, { since: "HEAD" });
    expect(message).toMatch(/^git diff failed in .*: fatal: unable to read [0-9a-f]{40}$/);
    expect(hint).toContain("`git fsck`");
    expect(exitCode).toBe(3);
  });

  it("gives its other files", async () => {
    repository.write("db/2_b.sql", "SELECT 2;").commit();
    loseObjectOf("db/1_a.sql");
    const files = await CommitFiles.open(repository.root, repository.git("rev-parse", "HEAD"));
    expect(files.text("db/2_b.sql")).toEqual({ text: "SELECT 2;" });
    expect(files.text("db/1_a.sql")).toEqual({
      unreadable: "missing",
      reason: expect.stringMatching(/^git cannot read it: fatal: /),
    });
  });
});

describeWithGit("what cannot be compared (needs git)", () => {
  let repository: TemporaryRepository;
  beforeEach(() => {
    repository = new TemporaryRepository();
  });
  afterEach(() => repository[Symbol.dispose]());

  it.each(["nowhere", "--all", "-x", "", "main..HEAD", "HEAD:db", "a b", "\0", "refs/heads/*"])(
    "the commit “%s”",
    async (since) => {
      const error = await errorOf(repository.root, { since });
      expect(error.message).toBe(`There is no commit ${since} in this clone.`);
      expect(error.hint).toMatch(/Name one that is there/);
      expect(error.exitCode).toBe(2);
    },
  );

  it("a repository without a main branch", async () => {
    repository.git("branch", "--move", "main", "work");
    const error = await errorOf(repository.root);
    expect(error.message).toMatch(/^The default branch is not in this clone/);
    expect(error.hint).toMatch(/--since REF.*--all/);
  });

  it("histories without a common ancestor", async () => {
    repository.git("switch", "--quiet", "--orphan", "other");
    repository.write("db/9_z.sql", "").commit();
    const error = await errorOf(repository.root);
    expect(error.message).toMatch(/^HEAD and main have no common ancestor/);
    expect(error.hint).toMatch(/--since REF/);
  });
});

describe("a folder that is no repository", () => {
  it("is only checked as a whole", async () => {
    using folder = new TemporaryFolder();
    folder.write("db/1_a.sql", "").write("node_modules/x/1.sql", "").write(".git-less/2.sql", "");
    const error = await errorOf(folder.root);
    expect(error.message).toMatch(/is not in a Git repository/);
    expect(error.hint).toMatch(/--all/);
    expect(await changesIn(folder.root, { all: true })).toEqual({
      ".git-less/2.sql": "added",
      "db/1_a.sql": "added",
    });
  });

  it.each([
    ["nowhere", /^There is no folder .*nowhere\.$/],
    ["a.txt", /a\.txt is not a folder\.$/],
  ])("%s is said to be none", async (name, message) => {
    using folder = new TemporaryFolder();
    folder.write("a.txt", "");
    expect((await errorOf(folder.path(name))).message).toMatch(message);
  });

  it("and no git at all is said with what to do", async () => {
    using folder = new TemporaryFolder();
    const path = process.env["PATH"];
    process.env["PATH"] = join(folder.root, "empty");
    try {
      const error = await errorOf(folder.root);
      expect(error.message).toMatch(/^git was not found/);
      expect(error.hint).toMatch(/Install git/);
    } finally {
      process.env["PATH"] = path;
    }
  });
});

describe("untracked folders that Git may not open", () => {
  // As Git 2.39 says it to whoever is not root.
  const said = `warning: could not open directory 'db/migrations/4_new/': Permission denied
warning: could not open directory 'sql/new/': Permission denied
warning: could not open directory 'data/': Permission denied
`;

  it("are told where they may hold migrations", () => {
    const unopened = unopenedIn(said);
    expect(unopened).toEqual(["db/migrations/4_new", "sql/new", "data"]);
    expect(unopenedMigrations({ unopened, paths: ["sql/1.sql", "README.md"] })).toEqual(
      ["db/migrations/4_new", "sql/new"].map((path) => ({
        path,
        reason: "the folder may not be opened: what is in it is not known",
      })),
    );
  });
});
