import { parseArgs, type ParseArgsConfig } from "node:util";
import { optional, statedOneOf, statedVersions } from "../core/stated-value.ts";
import { UserError } from "../core/user-error.ts";
import { FRAMEWORKS, type Framework } from "../core/migration.ts";
import { COMMANDS, type Command } from "./commands.ts";
import { nearest } from "../core/nearest.ts";

export const FORMATS = ["text", "json", "markdown", "sarif", "github"] as const;
export type Format = (typeof FORMATS)[number];

/** The command line, parsed. */
export interface Arguments {
  readonly command: Command;
  /** Files and folders for the commands that take them; the rule for `explain`. */
  readonly operands: readonly string[];
  readonly since?: string;
  readonly all: boolean;
  readonly format: Format;
  readonly failOn?: "error" | "warning" | "never";
  readonly engine?: "auto" | "pglite" | "postgres";
  /** Holds a password: it is never printed. */
  readonly databaseUrl?: string;
  readonly postgres?: readonly number[];
  readonly config?: string;
  /** Paths of modules of rules of the project's own. */
  readonly rules: readonly string[];
  readonly framework?: Framework;
  readonly strict: boolean;
  /** Make the fixes that the rules offer; `dryRun`: show them and write nothing. */
  readonly fix: boolean;
  readonly dryRun: boolean;
  /** The file for a down script that is derived from the one migration that changed. */
  readonly writeDown?: string;
  /** Absent: as the terminal is. */
  readonly colour?: boolean;
  readonly help: boolean;
}

export const OPTIONS = {
  since: { type: "string" },
  all: { type: "boolean" },
  format: { type: "string" },
  "fail-on": { type: "string" },
  engine: { type: "string" },
  "database-url": { type: "string" },
  "postgres-version": { type: "string" },
  config: { type: "string" },
  rules: { type: "string", multiple: true },
  framework: { type: "string" },
  strict: { type: "boolean" },
  fix: { type: "boolean" },
  "dry-run": { type: "boolean" },
  "write-down": { type: "string" },
  color: { type: "boolean" },
  "no-color": { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const satisfies ParseArgsConfig["options"];

/** Parses what stands behind the program's name. Throws UserError for anything that it does not know. */
export function parseArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parseOptions(argv);
  const [first, ...operands] = positionals;
  const command = values.version === true ? "version" : commandNamed(first);
  if (values.all === true && values.since !== undefined) {
    throw new UserError("--all and --since cannot be used together.", {
      hint: "--all takes every migration as changed; --since takes those that changed since a commit.",
    });
  }
  refuseMisplacedFix(command, values);
  refuseMisplacedWriteDown(command, values["write-down"]);
  return {
    command,
    operands,
    all: values.all ?? false,
    format: statedOneOf("--format", values.format, FORMATS) ?? "text",
    strict: values.strict ?? false,
    fix: values.fix ?? false,
    rules: values.rules ?? [],
    dryRun: values["dry-run"] ?? false,
    help: values.help ?? false,
    ...optional("since", values.since),
    ...optional("writeDown", values["write-down"]),
    ...optional("config", values.config),
    ...optional(
      "failOn",
      statedOneOf("--fail-on", values["fail-on"], ["error", "warning", "never"]),
    ),
    ...optional("engine", statedOneOf("--engine", values.engine, ["auto", "pglite", "postgres"])),
    ...optional("databaseUrl", values["database-url"]),
    ...optional("framework", statedOneOf("--framework", values.framework, FRAMEWORKS)),
    ...optional("postgres", statedVersions("--postgres-version", values["postgres-version"])),
    ...optional("colour", values["no-color"] === true ? false : values.color),
  };
}

function refuseMisplacedFix(
  command: Command,
  { fix, "dry-run": dryRun }: ReturnType<typeof parseStrictly>["values"],
): void {
  if (fix === true && command !== "lint") {
    throw new UserError("--fix is for lint: what is fixed was linted, not run.", {
      hint: "migrate-verify lint --fix; then migrate-verify check.",
    });
  }
  if (dryRun === true && fix !== true) {
    throw new UserError("--dry-run shows what --fix would do.", {
      hint: "migrate-verify lint --fix --dry-run",
    });
  }
}

function refuseMisplacedWriteDown(command: Command, file: string | undefined): void {
  if (file === undefined || command === "check" || command === "verify") return;
  throw new UserError("--write-down goes with check and verify: the script is run first.");
}

function parseOptions(argv: readonly string[]): {
  values: ReturnType<typeof parseStrictly>["values"];
  positionals: string[];
} {
  for (const argument of argv) {
    if (argument === "--") break;
    const name = /^--([^=]+)/.exec(argument)?.[1];
    if (name !== undefined && !Object.hasOwn(OPTIONS, name)) {
      throw new UserError(`There is no option --${name}.`, {
        hint: suggestion(
          `--${name}`,
          Object.keys(OPTIONS).map((option) => `--${option}`),
        ),
      });
    }
  }
  try {
    return parseStrictly(argv);
  } catch (error) {
    if (error instanceof TypeError && "code" in error) {
      throw new UserError(error.message.split(/[.\n]/)[0] ?? error.message, {
        hint: "migrate-verify --help lists the options.",
      });
    }
    throw error;
  }
}

function parseStrictly(argv: readonly string[]) {
  return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true });
}

function commandNamed(name: string | undefined): Command {
  if (name === undefined) return "help";
  const command = COMMANDS.find((one) => one === name);
  if (command !== undefined) return command;
  throw new UserError(`There is no command ${name}.`, { hint: suggestion(name, COMMANDS) });
}

function suggestion(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined
    ? "migrate-verify --help lists what there is."
    : `Did you mean ${near}? migrate-verify --help lists what there is.`;
}
