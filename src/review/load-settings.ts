import { findConfig } from "../config/find-config.ts";
import type { ObjectName } from "../core/name.ts";
import type { Rule } from "../core/rule.ts";
import { DEFAULT_SETTINGS, type Settings } from "../core/settings.ts";
import { UserError } from "../core/user-error.ts";
import type { RepositoryFiles } from "../sources/files.ts";

/** The configuration with the caller's word over it, and the files that it names. */
export interface LoadedSettings {
  readonly settings: Settings;
  /** Rows of a table, where a statistics file tells. */
  readonly rows: (table: ObjectName) => number | undefined;
  /** SQL that is run before the first migration. */
  readonly before?: { readonly path: string; readonly text: string };
  /** The files of rows of the project's own, in the order of the globs that name them. */
  readonly seed: readonly { readonly path: string; readonly text: string }[];
}

/** What the command line or the Action's inputs say, over the configuration. */
export interface SettingsOverrides {
  readonly failOn?: Settings["failOn"];
  readonly postgres?: readonly number[];
  readonly strict?: boolean;
  readonly engine?: Settings["verify"]["engine"];
}

/**
 * Reads the configuration of a repository, or the text that stands for it. Throws UserError for what
 * is wrong with it.
 */
export async function loadSettings(
  files: RepositoryFiles,
  rules: readonly Rule[],
  overrides: SettingsOverrides,
  config?: { readonly path: string; readonly text: string },
): Promise<LoadedSettings> {
  const configured =
    config === undefined
      ? await readSettings(files, rules)
      : await parse(config.text, config.path, rules);
  const settings: Settings = {
    ...configured,
    ...(overrides.failOn === undefined ? {} : { failOn: overrides.failOn }),
    ...(overrides.postgres === undefined ? {} : { postgres: overrides.postgres }),
    ...(overrides.strict === true ? { preset: "strict" as const } : {}),
    verify: {
      ...configured.verify,
      ...(overrides.engine === undefined ? {} : { engine: overrides.engine }),
    },
  };
  const { tables } = settings;
  const { before, seed } = settings.verify;
  return {
    settings,
    rows: tables === undefined ? () => undefined : await rowsOf(files, tables),
    ...(before === undefined ? {} : { before: { path: before, text: textOf(files, before) } }),
    seed: seed.length === 0 ? [] : await seedFiles(files, seed),
  };
}

async function readSettings(files: RepositoryFiles, rules: readonly Rule[]): Promise<Settings> {
  const paths = new Set(files.paths);
  const path = findConfig((candidate) => paths.has(candidate));
  return path === undefined ? DEFAULT_SETTINGS : parse(textOf(files, path), path, rules);
}

/** The libraries behind the configuration are loaded only when there is one. */
async function parse(text: string, path: string, rules: readonly Rule[]): Promise<Settings> {
  const { parseConfig } = await import("../config/parse-config.ts");
  return parseConfig(text, path, rules);
}

async function rowsOf(files: RepositoryFiles, path: string): Promise<LoadedSettings["rows"]> {
  const { parseTableStatistics } = await import("../config/table-statistics.ts");
  return parseTableStatistics(textOf(files, path), path);
}

/** Throws UserError for a glob that names no file: its rows would be missed silently. */
async function seedFiles(
  files: RepositoryFiles,
  globs: readonly string[],
): Promise<LoadedSettings["seed"]> {
  const { fixedFolder, matchesGlob } = await import("../config/glob.ts");
  const paths = globs.flatMap((glob) => {
    const all = files.below?.(fixedFolder(glob)) ?? files.paths;
    const named = all.filter((path) => matchesGlob(path, glob)).toSorted();
    if (named.length > 0) return named;
    throw new UserError(`verify.seed: ${glob} names no file.`);
  });
  return [...new Set(paths)].map((path) => ({ path, text: textOf(files, path) }));
}

function textOf(files: RepositoryFiles, path: string): string {
  const read = files.text(path);
  if ("text" in read) return read.text;
  throw new UserError(`${path} cannot be read: ${read.reason}`);
}
