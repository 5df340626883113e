import { defineRule } from "../src/core/rule.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import type { Unparsed } from "../src/core/statement.ts";

export default defineRule({
  id: "no-unparsed-statement",
  summary: "Write statements that PostgreSQL's grammar accepts",
  severity: "error",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["syntax-error", "unsupported-psql-command"],
  condition:
    "The grammar of PostgreSQL 18 does not accept a statement. No rule can look at it; the statements around it are read all the same.",
  effect:
    "The migration fails where the statement is sent as it stands. Where the runner replaces something in it first, nothing is known of what it sends.",
  instead:
    "Correct the statement. Write SQL in place of psql's backslash commands, and configure the placeholders that the runner replaces.",
  references: ["https://www.postgresql.org/docs/current/sql-commands.html"],
  examples: [
    {
      title: "A guard that ADD CONSTRAINT does not have",
      before: "CREATE TABLE tags (id bigint PRIMARY KEY, name text NOT NULL);",
      bad: "ALTER TABLE tags ADD CONSTRAINT IF NOT EXISTS tags_name_present CHECK (name <> '');",
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE tags ADD CONSTRAINT tags_name_present CHECK (name <> '') NOT VALID;`,
      fails: "42601",
    },
  ],
  directions: ["up", "down"],
  uncapped: true,
  checks: {
    migration(context) {
      // A template has a placeholder in every statement: that is told once, with how many there are.
      const hints = context.unparsed.map((unparsed) => hintFor(unparsed, context));
      context.unparsed.forEach(({ span, message }, index) => {
        const hint = hints[index];
        if (hint !== undefined && hints.indexOf(hint) < index) return;
        const same = hints.filter((other) => other !== undefined && other === hint).length - 1;
        const more = same > 0 ? ` So it is with ${same} more of this script.` : "";
        const advice = hint ?? "Correct it.";
        context.report(span, `PostgreSQL refuses this statement: ${message}. ${advice}${more}`);
      });
    },
  },
});

/** What a statement that does not parse most often is, and what to do about it. */
const HINTS: readonly { readonly pattern: RegExp; readonly hint: string }[] = [
  {
    pattern: /^\s*\\/m,
    hint: "Replace the backslash command, which only psql understands, with SQL.",
  },
  {
    pattern: /\bCOPY\b[\s\S]*\bFROM\s+STDIN\b/i,
    hint: "Write INSERT in place of the rows that COPY reads from psql's input.",
  },
  {
    pattern: /\$\{[^}]*\}|\{\{[^}]*\}\}|<%|(?<!:):'?"?[A-Za-z_]\w*\b(?!:)/,
    hint: "Configure the value of the placeholder, if the runner replaces one here.",
  },
  {
    pattern: /\b(?:CONSTRAINT|POLICY|TRIGGER|TYPE|DOMAIN)\s+IF\s+NOT\s+EXISTS\b/i,
    hint: "Leave out IF NOT EXISTS, which this statement does not have: test pg_catalog in a DO block, or drop it with IF EXISTS first.",
  },
  {
    pattern: /`[^`]*`|\bAUTO_INCREMENT\b|\bENGINE\s*=/i,
    hint: "Translate it from MySQL.",
  },
];

function hintFor({ statement }: Unparsed, context: RuleContext): string | undefined {
  const script = context.migration[context.direction];
  const text = typeof script === "string" ? "" : script.text.slice(statement.start, statement.end);
  return HINTS.find(({ pattern }) => pattern.test(text))?.hint;
}
