import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { CONFIG_PATHS } from "../config/find-config.ts";
import type { Project } from "../core/migration.ts";
import { DEFAULT_SETTINGS } from "../core/settings.ts";
import { UserError } from "../core/user-error.ts";
import { openChange } from "../git/change-set.ts";
import { loadSources } from "../review/load-sources.ts";
import { detectProjects } from "../sources/detect.ts";
import type { Arguments } from "./arguments.ts";
import { EXIT } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** The path of the file that `init` writes. */
const CONFIG_PATH = "migrate-verify.yml";

/** `init`: writes a configuration to the repository's root. Throws UserError when it has one. */
export async function init(args: Arguments, terminal: Terminal): Promise<number> {
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

/** A configuration that states the defaults, with the projects that were found as a comment. */
function initialConfig(projects: readonly Project[]): string {
  const found = projects.map(
    ({ root, framework, migrations }) =>
      `#   ${root}: ${framework}, ${migrations.length} migrations`,
  );
  return `# migrate-verify needs no configuration: every setting below is the default.
# Found in this repository:
${found.length === 0 ? "#   no migrations yet" : found.join("\n")}

# The major version of PostgreSQL that production runs; several: [15, 17].
# Unknown means: safe on the oldest supported version, readable on the newest.
# postgres: 16

# recommended, or strict for the opt-in rules too.
extends: recommended

# The level at which findings fail the check: error, warning or never.
fail-on: error

# A rule that is switched off states why; the reason is shown in every report.
# rules:
#   require-lock-timeout: { severity: off, reason: "the runner sets it" }

# Migrations up to here are history, whatever changed.
# baseline: "000040"

verify:
  # expected: a missing down is said; required: it fails; off: downs are not run.
  down: expected
  limits: { statement: 10s, migration: 60s, total: 3m }
`;
}
