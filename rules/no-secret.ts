import type { OtherObjectOperation } from "../src/core/operations/object.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import { SECRET_TOKEN_HINT, SECRET_TOKENS } from "../src/core/secret-token.ts";

export default defineRule({
  id: "no-secret",
  summary: "Keep passwords and keys out of migrations",
  severity: "error",
  confidence: "high",
  category: "security",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "CREATE ROLE, ALTER ROLE, CREATE USER MAPPING or CREATE SUBSCRIPTION states a password as a literal, or the file holds what looks like a key: of AWS, GitHub, Stripe, Slack or Google, a JSON Web Token, a private key. Placeholders such as ${name} are not reported, and the secret is not shown.",
  effect:
    "Everybody who can read the repository, its forks and its history has the secret, for as long as it is valid; the server writes the statement to its log, too. Every environment gets the same password.",
  instead:
    "Create the role without a password and set it outside of the migrations, from a secret store. Change a secret that was pushed: to delete the line is not enough.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createrole.html",
    "https://docs.github.com/en/code-security/concepts/secret-security/about-secret-scanning",
  ],
  examples: [
    {
      title: "A role with a password",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE ROLE reporting LOGIN PASSWORD 'correct horse';",
      good: "CREATE ROLE reporting LOGIN;",
    },
  ],
  directions: ["up", "down"],
  hazards: ["secret-in-migration"],
  checks: {
    "create-object": reportPassword,
    "alter-object": reportPassword,
    migration(context) {
      const { text } = context;
      if (!SECRET_TOKEN_HINT.test(text)) return;
      const script = context.migration[context.direction];
      const offset = typeof script === "string" ? 0 : script.span.start;
      for (const { what, pattern } of SECRET_TOKENS) {
        for (const match of text.matchAll(pattern)) {
          const start = offset + match.index;
          context.report(
            { start, end: start + match[0].length },
            `Everybody who can read this file can use what looks like ${what}. Make it invalid now, and read the new one from a secret store.`,
            { confidence: "medium" },
          );
        }
      }
    },
  },
});

function reportPassword(operation: OtherObjectOperation, context: RuleContext): void {
  if (!statesPassword(operation, context)) return;
  const whose =
    operation.name === undefined
      ? "this password"
      : `the password of this ${KIND[operation.object] ?? "object"}`;
  context.report(
    operation,
    `Everybody who can read this file, or the server's log, knows ${whose}. Set it outside of the migrations, and change it if the file was pushed.`,
  );
}

const KIND: Readonly<Record<string, string>> = {
  role: "role",
  "user-mapping": "user mapping",
  subscription: "subscription",
};

/** The first character of a password that is written out: not NULL's, and not a placeholder's. */
const LITERAL = /\bpassword\s+(?:e|u&)?(?:'|\$\w*\$)(?!\$\{|\{\{|<|%\()/i;
const IN_CONNECTION = /\bpassword\s*=\s*[^\s'"${<%]/i;

function statesPassword(
  { object, states = [], span }: OtherObjectOperation,
  context: RuleContext,
): boolean {
  const isConnection = object === "subscription";
  if (!isConnection && !states.includes("password")) return false;
  const script = context.migration[context.direction];
  const text = typeof script === "string" ? "" : script.text.slice(span.start, span.end);
  return (isConnection ? IN_CONNECTION : LITERAL).test(text);
}
