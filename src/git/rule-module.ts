import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { UserError } from "../core/user-error.ts";

/**
 * What modules of rules of the project's own export. They are JavaScript that runs here, with all
 * that this program may do: so whoever runs the command line or writes the workflow names them, and no
 * configuration can. Throws UserError where one cannot be loaded.
 */
export async function importRuleModules(
  paths: readonly string[],
  folder: string,
): Promise<readonly { readonly path: string; readonly exported: unknown }[]> {
  const modules: { path: string; exported: unknown }[] = [];
  for (const path of paths) modules.push({ path, exported: await importModule(path, folder) });
  return modules;
}

async function importModule(path: string, folder: string): Promise<unknown> {
  try {
    const exported: unknown = await import(pathToFileURL(resolve(folder, path)).href);
    return exported;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${path} cannot be loaded: ${reason}`, {
      hint: "A module of rules is JavaScript that exports a rule, or a list of rules, as its default.",
    });
  }
}
