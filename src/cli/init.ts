import type { Project } from "../core/migration.ts";

/** The path of the file that `init` writes. */
export const CONFIG_PATH = "migrate-verify.yml";

/** A configuration that states the defaults, with the projects that were found as a comment. */
export function initialConfig(projects: readonly Project[]): string {
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
