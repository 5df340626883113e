import type {
  DownAbsence,
  Execution,
  Framework,
  IgnoredFile,
  Migration,
  MigrationScript,
  Project,
  ProjectFault,
  ProjectModels,
} from "../core/migration.ts";
import type { Folder } from "./folder.ts";
import type { LeftFile } from "./scripts-for-postgres.ts";

/** A script that is the whole text of a file. */
export function wholeScript(path: string, text: string, execution: Execution): MigrationScript {
  return { path, text, span: { start: 0, end: text.length }, execution };
}

/** A project while a source reads it: nothing that was looked at is lost on the way. */
export class ProjectDraft {
  readonly #framework: Framework;
  readonly #folder: Folder;
  readonly #migrations: Migration[] = [];
  readonly #ignored: IgnoredFile[] = [];
  readonly #faults: ProjectFault[] = [];
  readonly #notes: string[] = [];
  #models: ProjectModels | undefined;
  #historyKey: Project["historyKey"];

  constructor(framework: Framework, folder: Folder) {
    this.#framework = framework;
    this.#folder = folder;
  }

  /** Adds the next migration in the order of the runner. */
  add(migration: Migration): void {
    this.#migrations.push(migration);
  }

  /** Names a file that the runner passes over as well. */
  passOver(path: string, reason: string): void {
    this.#ignored.push({ path, reason });
  }

  /** Names a file that the runner would run and that is not read here. */
  gap(path: string, reason: string): void {
    this.#ignored.push({ path, reason, gap: true });
  }

  /** Names files that are for other databases. */
  leaveAlone(folder: Folder, left: readonly LeftFile[]): void {
    for (const { file, reason } of left) {
      this.#ignored.push({ path: folder.pathOf(file), reason, leftAlone: true });
    }
  }

  fault(fault: ProjectFault): void {
    this.#faults.push(fault);
  }

  /** Says in a sentence what is taken for granted. */
  note(sentence: string): void {
    this.#notes.push(sentence);
  }

  /** Files of models, and how they are compared. */
  compare(models: ProjectModels): void {
    this.#models = models;
  }

  /** Says by which names what its migrations come to can be kept. */
  nameHistory(historyKey: NonNullable<Project["historyKey"]>): void {
    this.#historyKey = historyKey;
  }

  /** The text of a file; where it has none that can be read, the file is named as a gap. */
  text(folder: Folder, file: string): string | undefined {
    const read = folder.text(file);
    if ("text" in read) return read.text;
    this.gap(folder.pathOf(file), read.reason);
    return undefined;
  }

  /** The down script that is a file of its own; `missing`, and named as a gap, when it cannot be read. */
  down(folder: Folder, file: string, execution: Execution): MigrationScript | DownAbsence {
    const text = this.text(folder, file);
    return text === undefined ? "missing" : wholeScript(folder.pathOf(file), text, execution);
  }

  /**
   * Finds migrations of one version: each of them gets a fault. `key` is equal for versions that
   * the runner takes for one, undefined for one that several may have; `consequence` ends the message.
   */
  refuseDuplicates(key: (version: string) => string | undefined, consequence: string): void {
    const groups = new Map<string, Set<string>>();
    for (const { version, up } of this.#migrations) {
      const same = version === undefined ? undefined : key(version);
      if (same === undefined) continue;
      const paths = groups.get(same) ?? new Set();
      groups.set(same, paths.add(up.path));
    }
    for (const paths of groups.values()) {
      for (const path of paths.size > 1 ? paths : []) {
        const others = [...paths].filter((other) => other !== path).join(", ");
        const message = `${others} ${paths.size > 2 ? "have" : "has"} the same version: ${consequence}.`;
        this.fault({ kind: "duplicate-version", path, message });
      }
    }
  }

  finish(): Project {
    return {
      root: this.#folder.path,
      framework: this.#framework,
      migrations: this.#migrations,
      ignored: this.#ignored,
      faults: this.#faults,
      ...(this.#notes.length === 0 ? {} : { notes: this.#notes }),
      ...(this.#models === undefined ? {} : { models: this.#models }),
      ...(this.#historyKey === undefined ? {} : { historyKey: this.#historyKey }),
    };
  }
}
