import type { Expression } from "../src/core/expression.ts";
import { displayName, type ObjectName } from "../src/core/name.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import { isStableCast } from "../src/core/stable-cast.ts";
import { familyOf } from "../src/core/type-family.ts";

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
    "An expression or the WHERE of an index that asks for the current time or a random value, such as WHERE expires_at > now(); or whose value depends on settings, such as a timestamptz as a date, or on labels of an enum.",
  effect: "CREATE INDEX fails with SQLSTATE 42P17.",
  instead:
    "Index the column itself, or a WHERE over columns only, and leave the comparison with the time to the query. Name the zone of a day: (created_at AT TIME ZONE 'UTC')::date.",
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
    {
      title: "The day of a time with time zone",
      before: "CREATE TABLE visits (id bigint PRIMARY KEY, at timestamptz);",
      bad: "CREATE INDEX CONCURRENTLY visits_day ON visits ((at::date));",
      good: "CREATE INDEX CONCURRENTLY visits_day ON visits (((at AT TIME ZONE 'UTC')::date));",
      autocommit: { bad: true, good: true },
      fails: "42P17",
    },
  ],
  directions: ["up", "down"],
  checks: {
    "create-index"(operation, context) {
      const { keys, where, table } = operation;
      const expressions = keys.flatMap(({ expression }) => expression ?? []);
      const all = [...expressions, ...(where === undefined ? [] : [where])];
      const name = all.map(changingCall).find((call) => call !== undefined);
      if (name !== undefined) {
        context.report(
          operation,
          `An index of \`${displayName(table)}\` cannot depend on \`${name}\`, which changes while the row does not: CREATE INDEX fails with SQLSTATE 42P17. Index the columns, and compare with the time in the query.`,
          { table },
        );
        return;
      }
      const unsettled = all.find((expression) => dependsOnSettings(expression, table, context));
      if (unsettled === undefined) return;
      context.report(
        operation,
        `An index of \`${displayName(table)}\` cannot hold ${unsettled.text}: its value depends on settings such as the time zone, or on labels that can be renamed, so CREATE INDEX fails with SQLSTATE 42P17. Name the zone with AT TIME ZONE, or index the column itself.`,
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

/** Nor has one of these. */
const BY_SETTINGS =
  /^(to_char|to_date|concat|concat_ws|format|array_to_string|to_json|to_jsonb|row_to_json|make_timestamptz)$/;

/** Stable for a timestamptz alone: a part of it, or its beginning, in the session's time zone. */
const PART = /^(?:date_trunc|date_part)\s*\(\s*'[^']*'\s*,[^,()]+\)$|^extract\s*\([^()]+\)$/i;

function dependsOnSettings(
  { functions, columns, text, cast }: Expression,
  table: ObjectName,
  context: RuleContext,
): boolean {
  if (functions.some((name) => BY_SETTINGS.test(name.name) && !isDeclared(name, context)))
    return true;
  const [name, ...others] = columns;
  const type =
    name === undefined || others.length > 0 ? undefined : context.column(table, name)?.type;
  if (type === undefined) return false;
  if (functions.length === 1 && PART.test(text))
    return type.name === "timestamptz" && type.arrayDimensions === 0;
  const steps = [type, ...(cast?.types ?? [])].map((one) => {
    const { name: typeName, arrayDimensions } = one;
    return { name: typeName, arrayDimensions, family: familyOf(one, context) };
  });
  return steps.some((to, index) => {
    const from = steps[index - 1];
    return from !== undefined && isStableCast(from, to);
  });
}

/** The migrations made one of this name, which may be what is called. */
function isDeclared(name: ObjectName, context: RuleContext): boolean {
  return context.functionsOf(name).length > 0;
}
