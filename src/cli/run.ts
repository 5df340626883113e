import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { rules } from "../../rules/index.ts";
import { VERSION } from "../core/version.ts";
import { UserError } from "../core/user-error.ts";
import { CONFIG_PATHS } from "../config/find-config.ts";
import { openChange } from "../git/change-set.ts";
import { DEFAULT_SETTINGS } from "../core/settings.ts";
import { loadSources } from "../review/load-sources.ts";
import { detectProjects } from "../sources/detect.ts";
import { parseArguments, type Arguments } from "./arguments.ts";
import { check } from "./check.ts";
import { EXIT } from "./exit-code.ts";
import { ruleNamed } from "./explain.ts";
import { HELP } from "./help.ts";
import { CONFIG_PATH, initialConfig } from "./init.ts";
import { listRules } from "./list-rules.ts";
import { usesColour, type Terminal } from "./terminal.ts";

/** Runs the program and gives its exit status. Throws UserError for what the user can mend. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const args = parseArguments(argv);
  const { stdout } = terminal;
  refuseExtraOperands(args);
  if (args.help) {
    stdout.write(HELP);
    return EXIT.clean;
  }
  switch (args.command) {
    case "check":
    case "lint":
    case "verify":
      return check(args, terminal);
    case "explain": {
      const { explainRule } = await import("../report/explain.ts");
      const rule = ruleNamed(args.operands[0], rules);
      const colour = usesColour(args.colour, stdout, terminal.env);
      stdout.write(explainRule(rule, { colour, width: stdout.columns ?? 80 }));
      return EXIT.clean;
    }
    case "rules":
      stdout.write(listRules(rules));
      return EXIT.clean;
    case "init":
      return init(args, terminal);
    case "serve":
      return (await import("./serve.ts")).serve(terminal);
    case "version":
      stdout.write(`migrate-verify ${VERSION}\n`);
      return EXIT.clean;
    case "help":
      stdout.write(HELP);
      return argv.length === 0 ? EXIT.usage : EXIT.clean;
  }
}

/** How many operands a command takes, where it does not take any number of paths. */
const OPERANDS: Partial<Record<Arguments["command"], number>> = {
  explain: 1,
  rules: 0,
  init: 1,
  serve: 0,
  help: 0,
  version: 0,
};

function refuseExtraOperands({ command, operands }: Arguments): void {
  const most = OPERANDS[command];
  if (most === undefined || operands.length <= most) return;
  throw new UserError(`${command} does not take ${operands[most] ?? ""}.`, {
    hint: "migrate-verify --help shows what each command takes.",
  });
}

/** Writes a configuration to the repository's root. Throws UserError when it has one. */
async function init(args: Arguments, terminal: Terminal): Promise<number> {
  const folder = resolve(terminal.cwd(), args.operands[0] ?? ".");
  const { root, files } = await openChange(folder, { all: true });
  const present = CONFIG_PATHS.find((path) => existsSync(join(root, path)));
  if (present !== undefined) {
    throw new UserError(`${present} is there already; it was not changed.`, {
      hint: "Edit it, or remove it first.",
    });
  }
  const sources = await loadSources(files.paths, DEFAULT_SETTINGS);
  const { projects } = detectProjects(files, [], undefined, sources);
  writeFileSync(join(root, CONFIG_PATH), initialConfig(projects), { flag: "wx" });
  terminal.stdout.write(
    `Wrote ${CONFIG_PATH}. Found ${projects.length} ${projects.length === 1 ? "project" : "projects"} of migrations.\nNext: migrate-verify check\n`,
  );
  return EXIT.clean;
}
