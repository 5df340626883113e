import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import type { ObjectName } from "../core/name.ts";
import type { Rule } from "../core/rule.ts";
import { DEFAULT_SETTINGS, type Settings } from "../core/settings.ts";
import { UserError } from "../core/user-error.ts";
import { findConfig } from "../config/find-config.ts";
import type { RepositoryFiles } from "../sources/files.ts";
import type { Arguments } from "./arguments.ts";

/** The configuration with the command line's word over it, and the files that it names. */
export interface LoadedSettings {
  readonly settings: Settings;
  /** Rows of a table, where a statistics file tells. */
  readonly rows: (table: ObjectName) => number | undefined;
  /** SQL that is run before the first migration. */
  readonly before?: { readonly path: string; readonly text: string };
}

/** Reads the configuration of a repository, or the file that `--config` names. Throws UserError for what is wrong with it. */
export async function loadSettings(
  args: Arguments,
  files: RepositoryFiles,
  folder: { readonly cwd: string; readonly root: string },
  rules: readonly Rule[],
): Promise<LoadedSettings> {
  const configured = await readSettings(args, files, folder, rules);
  const settings: Settings = {
    ...configured,
    ...(args.failOn === undefined ? {} : { failOn: args.failOn }),
    ...(args.postgres === undefined ? {} : { postgres: args.postgres }),
    ...(args.strict ? { preset: "strict" as const } : {}),
    verify: {
      ...configured.verify,
      ...(args.engine === undefined ? {} : { engine: args.engine }),
    },
  };
  const { tables } = settings;
  const { before } = settings.verify;
  return {
    settings,
    rows: tables === undefined ? () => undefined : await rowsOf(files, tables),
    ...(before === undefined ? {} : { before: { path: before, text: textOf(files, before) } }),
  };
}

async function readSettings(
  args: Arguments,
  files: RepositoryFiles,
  folder: { readonly cwd: string; readonly root: string },
  rules: readonly Rule[],
): Promise<Settings> {
  if (args.config === undefined) {
    const paths = new Set(files.paths);
    const path = findConfig((candidate) => paths.has(candidate));
    if (path === undefined) return DEFAULT_SETTINGS;
    return parse(textOf(files, path), path, rules);
  }
  const path = resolve(folder.cwd, args.config);
  return parse(await readNamed(path), relative(folder.cwd, path), rules);
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

function textOf(files: RepositoryFiles, path: string): string {
  const read = files.text(path);
  if ("text" in read) return read.text;
  throw new UserError(`${path} cannot be read: ${read.reason}`);
}

async function readNamed(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UserError(`The configuration ${path} cannot be read (${reason}).`);
  }
}
