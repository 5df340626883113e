import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../core/user-error.ts";

/** The configuration that the input names, from the workspace. Throws UserError when it cannot be read. */
export function readConfig(
  name: string,
  workspace: string,
): { readonly path: string; readonly text: string } {
  try {
    return { path: name, text: readFileSync(resolve(workspace, name), "utf8") };
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UserError(`The configuration ${name} cannot be read (${reason}).`, {
      hint: "The input config needs a checkout before this step.",
    });
  }
}
