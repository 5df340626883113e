import { displayName } from "../src/core/name.ts";
import type { ChangePrivileges } from "../src/core/operations/object.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-broad-grant",
  summary: "Grant to the roles that need it, and not to PUBLIC",
  severity: "warning",
  confidence: "high",
  category: "security",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "GRANT or ALTER DEFAULT PRIVILEGES gives PUBLIC something that it does not have by itself, or gives a role WITH GRANT OPTION or WITH ADMIN OPTION. USAGE, EXECUTE, CONNECT and TEMPORARY to PUBLIC are not reported, nor is SELECT on views.",
  effect:
    "PUBLIC is every role there is and every role that will be: one leaked password of the least of them reads or writes the table. Who holds a grant option hands the privilege on, and nobody sees it in a migration.",
  instead: "Grant the single privileges to the roles that need them, without GRANT OPTION.",
  references: [
    "https://www.postgresql.org/docs/current/ddl-priv.html",
    "https://www.postgresql.org/docs/current/sql-grant.html",
  ],
  examples: [
    {
      title: "A table for everybody",
      before: "CREATE ROLE reporting; CREATE TABLE salaries (id bigint PRIMARY KEY);",
      bad: "GRANT SELECT ON salaries TO PUBLIC;",
      good: "GRANT SELECT ON salaries TO reporting;",
    },
    {
      title: "A privilege that can be handed on",
      before: "CREATE ROLE reporting; CREATE TABLE salaries (id bigint PRIMARY KEY);",
      bad: "GRANT SELECT ON salaries TO reporting WITH GRANT OPTION;",
      good: "GRANT SELECT ON salaries TO reporting;",
    },
  ],
  hazards: ["grant-widening"],
  checks: {
    grant(operation, context) {
      if (operation.withGrantOption) {
        const option = operation.object === "role" ? "ADMIN OPTION" : "GRANT OPTION";
        context.report(
          operation,
          `Whoever logs in as ${list(operation.roles)} can hand this on to any other role, and no migration shows it. Grant it without ${option}.`,
        );
        return;
      }
      if (!operation.roles.includes("public") || isHarmless(operation)) return;
      if (operation.names.length > 0 && operation.names.every(isView)) return;
      context.report(
        operation,
        `Every role, those that are yet to come included, gets ${privileges(operation)} on ${target(operation)}. Grant it to the roles that need it.`,
      );

      function isView(name: ChangePrivileges["names"][number]): boolean {
        return context.view(name) !== undefined && operation.privileges.join() === "select";
      }
    },
  },
});

/** What PUBLIC has by itself on new functions, types, languages and databases, and a look into a schema. */
const HARMLESS = new Set(["usage", "execute", "connect", "temporary", "temp"]);

function isHarmless({ object, allOf, privileges: given }: ChangePrivileges): boolean {
  if (given.every((privilege) => HARMLESS.has(privilege))) return true;
  return ["function", "procedure", "routine", "type", "domain", "language"].includes(
    allOf ?? object,
  );
}

function privileges({ privileges: given, object }: ChangePrivileges): string {
  if (object === "role") return "membership";
  return given.includes("all") ? "every privilege" : list(given.map((one) => one.toUpperCase()));
}

function target({ object, allOf, names }: ChangePrivileges): string {
  if (object === "default-privileges") return "objects that are made later";
  const named = list(names.map((name) => `\`${displayName(name)}\``));
  if (allOf !== undefined) return `every ${allOf.replaceAll("-", " ")} of the schema ${named}`;
  return object === "table" ? named : `the ${object.replaceAll("-", " ")} ${named}`;
}

function list(words: readonly string[]): string {
  return words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}
