import { displayIdentifier } from "../src/core/name.ts";
import type { OtherObjectOperation } from "../src/core/operations/object.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-server-setting",
  summary: "Leave settings of the server and mighty roles to its operators",
  severity: "warning",
  confidence: "high",
  category: "security",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "ALTER SYSTEM; CREATE or ALTER ROLE with SUPERUSER, BYPASSRLS or REPLICATION; or, as information, SET of a setting for a role or a database.",
  effect:
    "What it changes is not the schema: it holds for every database of the server, or for every session of a role, no down script of this project knows the value from before, and managed servers refuse it, so that the migration fails there. A role with SUPERUSER or BYPASSRLS sees every row whatever the policies say.",
  instead:
    "Set it where the server is set up. Give a role the predefined roles that it needs, such as pg_monitor.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altersystem.html",
    "https://www.postgresql.org/docs/current/role-attributes.html",
    "https://www.postgresql.org/docs/current/predefined-roles.html",
  ],
  examples: [
    {
      title: "A role that may do everything",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE ROLE monitoring LOGIN SUPERUSER;",
      good: `CREATE ROLE monitoring LOGIN;
GRANT pg_monitor TO monitoring;`,
    },
    {
      title: "A setting of a role",
      before: "CREATE ROLE reporting;",
      bad: "ALTER ROLE reporting SET work_mem = '1GB';",
      good: "SET work_mem = '1GB';",
    },
  ],
  squawk: ["ban-alter-system-options", "ban-alter-role-options", "ban-alter-database-options"],
  hazards: ["superuser-or-cluster-setting"],
  checks: { "create-object": report, "alter-object": report },
});

const MIGHTY: Readonly<Record<string, string>> = {
  superuser: "SUPERUSER",
  bypassrls: "BYPASSRLS",
  isreplication: "REPLICATION",
};

function report(operation: OtherObjectOperation, context: RuleContext): void {
  const { object, states = [] } = operation;
  const [setting] = states;
  if (object === "system") {
    context.report(
      operation,
      `Every database of this server runs with another \`${setting ?? "setting"}\`, and a managed server refuses the statement. Set it where the server is set up.`,
    );
  } else if (setting !== undefined && (object === "role" || object === "database")) {
    reportRole(operation, setting, context);
  }
}

/** A role or a database, and the first thing that is stated of it. */
function reportRole(operation: OtherObjectOperation, setting: string, context: RuleContext): void {
  const { object, name, states = [] } = operation;
  const display = displayIdentifier(name?.name ?? "");
  const mighty = states.flatMap((state) => MIGHTY[state] ?? []);
  if (mighty.length > 0) {
    context.report(
      operation,
      `Whoever logs in as \`${display}\` passes by every policy or privilege (${mighty.join(", ")}), and a managed server refuses the statement. Grant the predefined role that it needs.`,
    );
  } else if (!OPTIONS.has(setting)) {
    context.report(
      operation,
      `Every later session of the ${object} \`${display}\` runs with another \`${setting}\`, and no down script knows the value from before. Set it where the server is set up.`,
      { severity: "info", confidence: "medium" },
    );
  }
}

/** Options of a role that are about the role alone: LOGIN, PASSWORD, CONNECTION LIMIT … */
const OPTIONS = new Set([
  "canlogin",
  "inherit",
  "createrole",
  "createdb",
  "password",
  "connectionlimit",
  "validuntil",
  "rolemembers",
  "adminmembers",
  "addroleto",
  "sysid",
]);
