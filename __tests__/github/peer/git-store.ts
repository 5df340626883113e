import { spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a commit does to files: a text or bytes to write, `null` to remove. */
export type FileEdits = Readonly<Record<string, string | Uint8Array | null>>;

export interface CommitInfo {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** ISO 8601. */
  readonly date: string;
}

export interface TreeEntry {
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly sha: string;
  readonly size?: number;
  readonly path: string;
}

export interface ChangedFile {
  readonly path: string;
  readonly from?: string;
  readonly status: "added" | "removed" | "modified" | "renamed";
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  /** The hunks; absent for a binary file. */
  readonly patch?: string;
}

const STATUS = { A: "added", C: "added", D: "removed", M: "modified", T: "modified", R: "renamed" };

/** A bare Git repository, and what GitHub reads from one. Objects never change, so each is read once. */
export class GitStore implements Disposable {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "github-peer-")));
  readonly #commits = new Map<string, CommitInfo>();
  readonly #trees = new Map<string, readonly TreeEntry[]>();
  readonly #blobs = new Map<string, Buffer>();
  readonly #between = new Map<string, unknown>();
  #clock = Date.UTC(2026, 0, 5, 9);

  constructor() {
    this.#git(["init", "--quiet", "--bare", "--initial-branch=main"]);
    this.#git(["config", "uploadpack.allowAnySHA1InWant", "true"]);
  }

  /** Hash that a reference stands for. */
  ref(name: string): string | undefined {
    const { status, stdout } = this.#run(["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
    return status === 0 ? stdout.toString().trim() : undefined;
  }

  setRef(name: string, sha: string): void {
    this.#git(["update-ref", name, sha]);
  }

  deleteRef(name: string): void {
    this.#git(["update-ref", "-d", name]);
  }

  /** Names and hashes of the references under a prefix. */
  refs(prefix: string): { readonly name: string; readonly sha: string }[] {
    const format = "--format=%(refname) %(objectname)";
    const lines = this.#git(["for-each-ref", format, prefix]).toString().split("\n");
    return lines.filter(Boolean).map((line) => {
      const [name = "", sha = ""] = line.split(" ");
      return { name, sha };
    });
  }

  /** Commits on top of the parents, moves the reference, and gives the commit's hash. */
  commit(
    ref: string,
    files: FileEdits,
    options: { readonly parents?: readonly string[]; readonly message?: string } = {},
  ): string {
    const [from, ...merged] = options.parents ?? [];
    this.#clock += 60_000;
    const message = options.message ?? `Change ${Object.keys(files)[0] ?? "nothing"}`;
    const parts: (string | Uint8Array)[] = [
      // Without a parent, the commit would be put on what the reference points to.
      ...(from === undefined ? [`reset ${ref}\n\n`] : []),
      `commit ${ref}\ncommitter Test <test@example.test> ${this.#clock / 1000} +0000\n`,
      `data ${Buffer.byteLength(message)}\n${message}\n`,
      ...(from === undefined ? [] : [`from ${from}\n`]),
      ...merged.map((parent) => `merge ${parent}\n`),
    ];
    for (const [path, content] of Object.entries(files)) {
      if (content === null) parts.push(`D ${JSON.stringify(path)}\n`);
      else {
        const bytes = Buffer.from(content);
        parts.push(`M 100644 inline ${JSON.stringify(path)}\ndata ${bytes.length}\n`, bytes, "\n");
      }
    }
    const input = Buffer.concat(parts.map((part) => Buffer.from(part)));
    this.#git(["fast-import", "--quiet", "--force"], input);
    return this.ref(ref) ?? "";
  }

  commitInfo(sha: string): CommitInfo | undefined {
    const known = this.#commits.get(sha);
    if (known !== undefined) return known;
    const format = "--format=%H%n%T%n%P%n%cI%n%B";
    const { status, stdout } = this.#run(["log", "-1", format, sha, "--"]);
    if (status !== 0) return undefined;
    const [hash = "", tree = "", parents = "", date = "", ...message] = stdout
      .toString()
      .split("\n");
    const info = {
      sha: hash,
      tree,
      parents: parents.split(" ").filter(Boolean),
      date,
      message: message.join("\n").trim(),
    };
    this.#commits.set(hash, info);
    return info;
  }

  /** The entries of a tree or of a commit's tree; undefined: there is no such object. */
  tree(sha: string, recursive: boolean): readonly TreeEntry[] | undefined {
    const key = `${sha} ${String(recursive)}`;
    const known = this.#trees.get(key);
    if (known !== undefined) return known;
    const flags = recursive ? ["-r", "-t"] : [];
    const { status, stdout } = this.#run(["ls-tree", "-l", "-z", ...flags, sha]);
    if (status !== 0) return undefined;
    const entries = stdout
      .toString()
      .split("\0")
      .filter(Boolean)
      .map((line): TreeEntry => {
        const tab = line.indexOf("\t");
        const [mode = "", type = "blob", hash = "", size = "-"] = line.slice(0, tab).split(/ +/);
        return {
          mode,
          type: type as TreeEntry["type"],
          sha: hash,
          ...(size === "-" ? {} : { size: Number(size) }),
          path: line.slice(tab + 1),
        };
      });
    // A branch moves.
    if (/^[0-9a-f]{40}$/.test(sha)) this.#trees.set(key, entries);
    return entries;
  }

  blob(sha: string): Buffer | undefined {
    return this.blobs([sha]).get(sha);
  }

  /** The blobs of these hashes that exist. */
  blobs(shas: readonly string[]): ReadonlyMap<string, Buffer> {
    const unread = shas.filter((sha) => !this.#blobs.has(sha));
    if (unread.length > 0) {
      const bytes = this.#git(["cat-file", "--batch"], Buffer.from(`${unread.join("\n")}\n`));
      let at = 0;
      while (at < bytes.length) {
        const end = bytes.indexOf(10, at);
        const [sha = "", type, size] = bytes.toString("latin1", at, end).split(" ");
        at = end + 1;
        if (type === "missing") continue;
        if (type === "blob") this.#blobs.set(sha, bytes.subarray(at, at + Number(size)));
        at += Number(size) + 1;
      }
    }
    return new Map(
      shas.flatMap((sha) => {
        const blob = this.#blobs.get(sha);
        return blob === undefined ? [] : [[sha, blob] as const];
      }),
    );
  }

  mergeBase(one: string, other: string): string | undefined {
    return this.#once(`base ${one} ${other}`, () => {
      const { status, stdout } = this.#run(["merge-base", one, other]);
      return status === 0 ? stdout.toString().trim() : undefined;
    });
  }

  /** Hashes of the commits that the second has and the first has not, oldest first. */
  commitsBetween(one: string, other: string): readonly string[] {
    return this.#once(`commits ${one} ${other}`, () =>
      this.#git(["rev-list", "--reverse", `${one}..${other}`])
        .toString()
        .split("\n")
        .filter(Boolean),
    );
  }

  changedFiles(one: string, other: string): readonly ChangedFile[] {
    return this.#once(`files ${one} ${other}`, () => {
      const raw = this.#git(["diff", "--raw", "-z", "-M", "--no-abbrev", one, other])
        .toString()
        .split("\0");
      const patches = this.#git(["diff", "-M", one, other])
        .toString()
        .split(/^diff --git /m);
      const files: ChangedFile[] = [];
      for (let index = 0; index + 1 < raw.length;) {
        const renamed = /[RC]\d+$/.test(raw[index] ?? "");
        const paths = raw.slice(index + 1, index + (renamed ? 3 : 2));
        files.push(changedFile(raw[index] ?? "", paths, patches[files.length + 1] ?? ""));
        index += paths.length + 1;
      }
      return files;
    });
  }

  /** The commit that merges both; undefined when they conflict. */
  merge(base: string, head: string): string | undefined {
    return this.#once(`merge ${base} ${head}`, () => {
      const { status, stdout } = this.#run(["merge-tree", "--write-tree", base, head]);
      if (status !== 0) return undefined;
      const tree = stdout.toString().split("\n")[0] ?? "";
      const commit = ["commit-tree", tree, "-p", base, "-p", head, "-m", `Merge ${head}`];
      return this.#git(commit).toString().trim();
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #once<Value>(key: string, read: () => Value): Value {
    if (!this.#between.has(key)) this.#between.set(key, read());
    return this.#between.get(key) as Value;
  }

  #git(args: readonly string[], input?: Uint8Array): Buffer {
    const { status, stdout, stderr } = this.#run(args, input);
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr.toString()}`);
    return stdout;
  }

  #run(args: readonly string[], input?: Uint8Array) {
    const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.test"];
    return spawnSync("git", [...identity, "-c", "core.quotePath=false", ...args], {
      cwd: this.folder,
      maxBuffer: 256 * 1024 * 1024,
      env: { PATH: process.env["PATH"], HOME: this.folder, GIT_CONFIG_NOSYSTEM: "1" },
      ...(input === undefined ? {} : { input }),
    });
  }
}

/** Reads a line of `git diff --raw` with its one or two paths, and the patch that belongs to it. */
function changedFile(raw: string, paths: readonly string[], text: string): ChangedFile {
  const [, , before = "", after = "", letter = ""] = raw.split(" ");
  const patch = /^@@[^]*/m.exec(text)?.[0].replace(/\n$/, "");
  const lines = (patch ?? "").split("\n");
  return {
    path: paths.at(-1) ?? "",
    ...(paths.length > 1 ? { from: paths[0] ?? "" } : {}),
    status: STATUS[letter.charAt(0) as keyof typeof STATUS] as ChangedFile["status"],
    sha: letter === "D" ? before : after,
    additions: lines.filter((line) => line.startsWith("+")).length,
    deletions: lines.filter((line) => line.startsWith("-")).length,
    ...(patch === undefined ? {} : { patch }),
  };
}
