import { VERSION } from "../core/version.ts";
import { UserError } from "../core/user-error.ts";
import { parseArguments, type Arguments } from "./arguments.ts";
import { EngineAhead } from "./engine-ahead.ts";
import { EXIT } from "./exit-code.ts";
import { usesColour, type Terminal } from "./terminal.ts";

/**
 * Runs the program and gives its exit status. What a command needs is loaded when the command is
 * known, and after a database was started for it. Throws UserError for what the user can mend.
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const args = parseArguments(argv);
  const { stdout } = terminal;
  refuseExtraOperands(args);
  if (args.help) return tellHelp(terminal, EXIT.clean);
  switch (args.command) {
    case "check":
    case "lint":
    case "verify": {
      await using engines = new EngineAhead(args, terminal);
      await engines.underWay();
      return await (await import("./check.ts")).check(args, terminal, engines);
    }
    case "explain": {
      const { rules } = await import("../../rules/index.ts");
      const { explainRule } = await import("../report/explain.ts");
      const { ruleNamed } = await import("./explain.ts");
      const rule = ruleNamed(args.operands[0], rules);
      const colour = usesColour(args.colour, stdout, terminal.env);
      stdout.write(explainRule(rule, { colour, width: stdout.columns ?? 80 }));
      return EXIT.clean;
    }
    case "rules": {
      const { rules } = await import("../../rules/index.ts");
      stdout.write((await import("./list-rules.ts")).listRules(rules));
      return EXIT.clean;
    }
    case "init":
      return (await import("./init.ts")).init(args, terminal);
    case "serve":
      return (await import("./serve.ts")).serve(terminal);
    case "version":
      stdout.write(`migrate-verify ${VERSION}\n`);
      return EXIT.clean;
    case "help":
      return tellHelp(terminal, argv.length === 0 ? EXIT.usage : EXIT.clean);
  }
}

async function tellHelp({ stdout }: Terminal, status: number): Promise<number> {
  stdout.write((await import("./help.ts")).HELP);
  return status;
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
