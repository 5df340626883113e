import { FRAMEWORKS, type Framework } from "../core/migration.ts";
import { optional, statedOneOf, statedVersions } from "../core/stated-value.ts";
import { UserError } from "../core/user-error.ts";
import type { SettingsOverrides } from "../review/load-settings.ts";

/** The Action's inputs, parsed. */
export interface Inputs {
  readonly command: "check" | "lint" | "verify";
  /** Folders that what changed is narrowed to, from the repository's root; empty: all of it. */
  readonly paths: readonly string[];
  readonly since?: string;
  readonly all: boolean;
  /** Path of a configuration that is read in the place of the base branch's. */
  readonly config?: string;
  /** Of the folders in `paths`. */
  readonly framework?: Framework;
  /** Holds a password: it is never printed. */
  readonly databaseUrl?: string;
  readonly overrides: SettingsOverrides;
  /** Paths of modules of rules of the project's own, in the workspace. */
  readonly rules: readonly string[];
  readonly token: string;
  readonly comment: boolean;
  readonly suggestions: boolean;
  /** Path of a report to post, in a workflow that follows another one. */
  readonly report?: string;
}

/** Parses the inputs, which the runner passes in the environment. Throws UserError for a value that is none. */
export function readInputs(env: NodeJS.ProcessEnv): Inputs {
  const read = (name: string): string | undefined => {
    const value = env[`INPUT_${name.toUpperCase()}`]?.trim();
    return value === undefined || value === "" ? undefined : value;
  };
  const databaseUrl = read("database-url");
  const report = read("report");
  const since = read("since");
  const config = read("config");
  const framework = statedOneOf("The input framework", read("framework"), FRAMEWORKS);
  const inputs: Inputs = {
    command:
      statedOneOf("The input command", read("command"), ["check", "lint", "verify"]) ?? "check",
    paths: folders(read("paths") ?? ""),
    rules: folders(read("rules") ?? ""),
    all: flag("all", read("all"), false),
    overrides: {
      ...optional(
        "failOn",
        statedOneOf("The input fail-on", read("fail-on"), ["error", "warning", "never"]),
      ),
      ...optional(
        "engine",
        statedOneOf("The input engine", read("engine"), ["auto", "pglite", "postgres"]),
      ),
      ...optional(
        "postgres",
        statedVersions("The input postgres-version", read("postgres-version")),
      ),
      strict: flag("strict", read("strict"), false),
    },
    token: read("token") ?? "",
    comment: flag("comment", read("comment"), true),
    suggestions: flag("suggestions", read("suggestions"), true),
    ...optional("since", since),
    ...optional("config", config),
    ...optional("framework", framework),
    ...optional("databaseUrl", databaseUrl),
    ...optional("report", report),
  };
  if (inputs.all && since !== undefined) {
    throw new UserError("The inputs all and since cannot be used together.");
  }
  if (framework !== undefined && inputs.paths.length === 0) {
    throw new UserError("The input framework needs the folder that it is about.", {
      hint: "Name it in the input paths.",
    });
  }
  return inputs;
}

function folders(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim().replace(/^\.\//, "").replace(/\/+$/, ""))
    .filter((line) => line !== "" && line !== ".");
}

function flag(name: string, value: string | undefined, absent: boolean): boolean {
  return value === undefined
    ? absent
    : statedOneOf(`The input ${name}`, value, ["true", "false"]) === "true";
}
