import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-routine-option-change",
  summary: "Change options of functions and views in a release of their own",
  severity: "info",
  confidence: "medium",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["function-or-view-options-change"],
  condition:
    "ALTER FUNCTION, PROCEDURE or VIEW changes volatility, security, strictness, cost, settings or the check option.",
  effect:
    "Queries of running code run with other rights, see other rows or get another plan from the same moment, although none of them changed.",
  instead: "Change the option alone, and look at what calls the function or reads the view.",
  references: [
    "https://www.postgresql.org/docs/current/sql-alterfunction.html",
    "https://www.postgresql.org/docs/current/sql-alterview.html",
  ],
  examples: [
    {
      title: "Another volatility",
      before: "CREATE FUNCTION area(r float8) RETURNS float8 LANGUAGE sql AS 'SELECT r * r';",
      bad: "ALTER FUNCTION area(float8) IMMUTABLE;",
      good: "CREATE FUNCTION circle_area(r float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT r * r * pi()';",
    },
  ],
  optIn: true,
  squawk: ["ban-alter-function-options", "ban-alter-view-options"],
  checks: {
    "alter-object"(operation, context) {
      const { object, name, states = [] } = operation;
      if (object !== "function" && object !== "procedure" && object !== "view") return;
      // A pinned search_path is what another rule asks for.
      if (name === undefined || states.length === 0 || states.join() === "search_path") return;
      context.report(
        operation,
        `Running queries that use \`${displayName(name)}\` get other rights, rows or plans from here on. Change its options in a release of their own.`,
      );
    },
  },
});
