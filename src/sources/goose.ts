import type { Execution, Migration, MigrationScript, Project } from "../core/migration.ts";
import { ProjectDraft } from "./draft.ts";
import { type Folder, isProgram } from "./folder.ts";
import { type GooseHalf, readGooseFile } from "./goose-file.ts";
import { sampleTexts } from "./manifest.ts";
import type { FolderSource } from "./source.ts";
import { canonicalNumber, compareNumbers } from "./version.ts";

const NAME = /^(\d+)_.*\.sql$/;

/** A line that begins with the mark of an up half. */
export const GOOSE_MARK = /^--[ \t]*\+goose[ \t]+up\b/im;

/**
 * goose. Versions are compared as numbers; two files of one version are refused. Each statement is
 * sent by itself, all of a half within one transaction unless the file says
 * `-- +goose NO TRANSACTION` anywhere (https://pressly.github.io/goose/documentation/annotations/).
 */
export const goose: FolderSource = {
  framework: "goose",
  takes: "folder",
  detect(folder) {
    const files = folder.files.filter((file) => NAME.test(file));
    return sampleTexts(folder, files).some((text) => GOOSE_MARK.test(text));
  },
  read(folder): Project {
    const draft = new ProjectDraft("goose", folder);
    for (const { file, version } of namedFiles(folder, draft)) {
      const migration = readMigration(folder, file, version, draft);
      if (migration !== undefined) draft.add(migration);
    }
    draft.refuseDuplicates(canonicalNumber, "goose refuses to run the folder");
    return draft.finish();
  },
};

function namedFiles(folder: Folder, draft: ProjectDraft): { file: string; version: string }[] {
  const named: { file: string; version: string }[] = [];
  for (const file of folder.files) {
    const version = NAME.exec(file)?.[1];
    if (version !== undefined && canonicalNumber(version) !== "0") named.push({ file, version });
    else if (isProgram(file) && file.endsWith(".go")) {
      draft.gap(folder.pathOf(file), "it is a migration in Go, and what it does cannot be read");
    } else if (file.endsWith(".sql")) {
      const reason =
        "goose does not run it: its name does not begin with a number and an underscore";
      draft.passOver(folder.pathOf(file), reason);
    }
  }
  return named.toSorted((a, b) => compareNumbers(a.version, b.version));
}

function readMigration(
  folder: Folder,
  file: string,
  version: string,
  draft: ProjectDraft,
): Migration | undefined {
  const path = folder.pathOf(file);
  const text = draft.text(folder, file);
  if (text === undefined) return undefined;
  const read = readGooseFile(text);
  const refusal = "refusal" in read ? read.refusal : read.up.refusal;
  if ("refusal" in read || refusal !== undefined) {
    draft.gap(path, refusal ?? "");
    return undefined;
  }
  const execution: Execution = { transaction: read.transaction, sends: "statements" };
  if (read.down?.refusal !== undefined) draft.passOver(path, `its down half: ${read.down.refusal}`);
  return {
    id: file.slice(0, -".sql".length),
    version,
    up: script(path, text, read.up, execution),
    down:
      read.down === undefined || read.down.refusal !== undefined
        ? "missing"
        : script(path, text, read.down, execution),
  };
}

function script(
  path: string,
  text: string,
  { span, statements }: GooseHalf,
  execution: Execution,
): MigrationScript {
  return { path, text, span, execution, statementSpans: statements };
}
