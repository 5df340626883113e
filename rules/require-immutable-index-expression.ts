import type { Expression } from "../src/core/expression.ts";
import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-immutable-index-expression",
  summary: "Index only what stays the same for the same row",
  severity: "error",
  confidence: "high",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["non-immutable-index-expression"],
  condition:
    "An expression or the WHERE of an index that asks for the current time or a random value, such as WHERE expires_at > now().",
  effect: "CREATE INDEX fails with SQLSTATE 42P17.",
  instead:
    "Index the column itself, or a WHERE over columns only, and leave the comparison with the time to the query.",
  references: ["https://www.postgresql.org/docs/current/sql-createindex.html"],
  examples: [
    {
      title: "The rows that have not expired",
      before: "CREATE TABLE coupons (id bigint PRIMARY KEY, code text, expires_at timestamptz);",
      bad: "CREATE INDEX CONCURRENTLY coupons_valid ON coupons (code) WHERE expires_at > now();",
      good: "CREATE INDEX CONCURRENTLY coupons_code_expires_at ON coupons (code, expires_at);",
      autocommit: { bad: true, good: true },
      fails: "42P17",
    },
  ],
  directions: ["up", "down"],
  checks: {
    "create-index"(operation, context) {
      const { keys, where, table } = operation;
      const expressions = keys.flatMap(({ expression }) => expression ?? []);
      const name = [...expressions, ...(where === undefined ? [] : [where])]
        .map(changingCall)
        .find((call) => call !== undefined);
      if (name === undefined) return;
      context.report(
        operation,
        `An index of \`${displayName(table)}\` cannot depend on \`${name}\`, which changes while the row does not: CREATE INDEX fails with SQLSTATE 42P17. Index the columns, and compare with the time in the query.`,
        { table },
      );
    },
  },
});

/** None of these has an overload that is immutable. */
const CHANGING =
  /^(now|current_date|current_time|current_timestamp|localtime|localtimestamp|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday|random|gen_random_uuid|nextval|current_user|session_user)$/;

function changingCall({ functions }: Expression): string | undefined {
  return functions.find(({ name }) => CHANGING.test(name.toLowerCase()))?.name;
}
