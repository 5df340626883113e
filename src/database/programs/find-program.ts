import { accessSync, constants, realpathSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";

import { UserError } from "../../core/user-error.ts";

export interface FoundProgram {
  readonly path: string;
  /** What it needs to read to run: the folder above that of the program, of a virtual environment and of what it is made from. */
  readonly reads: readonly string[];
  /** PATH with the program's own folder before the system's. */
  readonly searched: string;
}

const SYSTEM = ["/usr/local/bin", "/usr/bin", "/bin"];

/** Finds a command as a shell in a folder would. Throws UserError when there is none. */
export function findProgram(
  command: string,
  folder: string,
  path = process.env["PATH"] ?? "",
): FoundProgram {
  const candidates = command.includes("/")
    ? [resolve(folder, command)]
    : path
        .split(delimiter)
        .filter(isAbsolute)
        .map((one) => join(one, command));
  const found = candidates.find(isExecutable);
  if (found === undefined) {
    throw new UserError(`django.command: there is no program ${JSON.stringify(command)}.`, {
      hint: "Install it in the same job, before migrate-verify runs, or name it by its path from the folder of manage.py.",
      exitCode: 3,
    });
  }
  const bins = [dirname(found), dirname(realpathSync(found))];
  const searched = [...new Set([...bins, ...SYSTEM])].join(delimiter);
  return {
    path: found,
    reads: [...new Set(bins.map(dirname))].filter((one) => one !== "/"),
    searched,
  };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
