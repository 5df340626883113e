import { FRAMEWORKS, type Framework } from "../core/migration.ts";
import { nearest } from "../core/nearest.ts";
import { OLDEST_POSTGRES, SUPPORTED_POSTGRES } from "../core/settings.ts";
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
  const framework = oneOf("framework", read("framework"), FRAMEWORKS);
  const inputs: Inputs = {
    command: oneOf("command", read("command"), ["check", "lint", "verify"]) ?? "check",
    paths: folders(read("paths") ?? ""),
    rules: folders(read("rules") ?? ""),
    all: flag("all", read("all"), false),
    overrides: {
      ...optional("failOn", oneOf("fail-on", read("fail-on"), ["error", "warning", "never"])),
      ...optional("engine", oneOf("engine", read("engine"), ["auto", "pglite", "postgres"])),
      ...optional("postgres", versions(read("postgres-version"))),
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
  return value === undefined ? absent : oneOf(name, value, ["true", "false"]) === "true";
}

function oneOf<const Value extends string>(
  name: string,
  value: string | undefined,
  allowed: readonly Value[],
): Value | undefined {
  if (value === undefined) return undefined;
  const known = allowed.find((one) => one === value);
  if (known !== undefined) return known;
  const near = nearest(value, allowed);
  throw new UserError(`The input ${name} does not know “${value}”.`, {
    hint: near === undefined ? `Use ${allowed.join(", ")}.` : `Did you mean ${near}?`,
  });
}

function versions(value: string | undefined): readonly number[] | undefined {
  return value?.split(",").map((part) => {
    const major = Number(/^\s*(\d{1,2})(?:\.\d+)*\s*$/.exec(part)?.[1] ?? Number.NaN);
    if (major >= OLDEST_POSTGRES && major <= SUPPORTED_POSTGRES.newest) return major;
    throw new UserError(`The input postgres-version does not know “${part.trim()}”.`, {
      hint: `Use a major version from ${OLDEST_POSTGRES} to ${SUPPORTED_POSTGRES.newest}, or several: 15,17.`,
    });
  });
}

function optional<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]: Value });
}
