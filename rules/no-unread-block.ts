import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-unread-block",
  summary: "Write statements that can be read without running them",
  severity: "info",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["do-block-hidden-ddl", "unanalysable-statement"],
  condition:
    "A DO block builds SQL at run time (EXECUTE of anything but a literal), or is written in a language that is not read here.",
  effect:
    "Reviewers and rules do not see which statements it sends, so no other finding means nothing. The verification runs the block, against the tables that it finds there.",
  instead: "Write the statements out, or EXECUTE a literal.",
  references: [
    "https://www.postgresql.org/docs/current/plpgsql-statements.html#PLPGSQL-STATEMENTS-EXECUTING-DYN",
  ],
  examples: [
    {
      title: "A statement that is put together at run time",
      before: "CREATE TABLE orders_2025 (id bigint PRIMARY KEY);",
      bad: `DO $$
BEGIN
  EXECUTE format('COMMENT ON TABLE %I IS %L', 'orders_2025', 'closed');
END
$$;`,
      good: "COMMENT ON TABLE orders_2025 IS 'closed';",
    },
  ],
  directions: ["up", "down"],
  checks: {
    "do-block"(operation, context) {
      if (operation.readable && !operation.dynamic) return;
      const why = operation.readable
        ? "it builds some of them at run time"
        : `its ${operation.language} could not be read`;
      context.report(
        operation,
        `Not all statements of this block are known: ${why}, so no rule has looked at those. Write them out, or EXECUTE a literal.`,
      );
    },
  },
});
