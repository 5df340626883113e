import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { UserError } from "../core/user-error.ts";

/** The configuration that `--config` names, under its path from the working directory. Throws UserError when it cannot be read. */
export async function readNamedConfig(
  name: string,
  cwd: string,
): Promise<{ readonly path: string; readonly text: string }> {
  const path = resolve(cwd, name);
  try {
    return { path: relative(cwd, path), text: await readFile(path, "utf8") };
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UserError(`The configuration ${path} cannot be read (${reason}).`);
  }
}
