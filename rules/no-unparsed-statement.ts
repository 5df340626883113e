import { defineRule } from "../src/core/rule.ts";
import type { Severity } from "../src/core/finding.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import type { Unparsed, UnreadCause } from "../src/core/statement.ts";

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
    "The grammar of PostgreSQL 18 does not accept a statement, or a script is not read at all: larger than 2 MB, or with a NUL character. No rule can look at it; the statements around it are read all the same.",
  effect:
    "The migration fails where the statement is sent as it stands. Where the runner replaces something in it first, nothing is known of what it sends. Flyway sends the rows behind COPY … FROM STDIN, which are not loaded here: there it is a warning.",
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
      const told = context.unparsed.map((unparsed) => tell(unparsed, context));
      context.unparsed.forEach(({ span }, index) => {
        const one = told[index];
        if (one === undefined) return;
        const { what, advice, severity } = one;
        const alike = told.flatMap((other, place) => (other.advice === advice ? place : []));
        const isOwn = advice === CORRECT;
        if (!isOwn && alike[0] !== index) return;
        const more =
          isOwn || alike.length === 1
            ? ""
            : ` So it is with ${alike.length - 1} more of this script.`;
        context.report(
          span,
          `${what} ${advice}${more}`,
          severity === undefined ? {} : { severity },
        );
      });
    },
  },
});

/** The two halves of a message. */
interface Told {
  readonly what: string;
  readonly advice: string;
  readonly severity?: Severity;
}

const CORRECT = "Correct it.";

function tell(unparsed: Unparsed, context: RuleContext): Told {
  const { message, cause } = unparsed;
  if (cause !== undefined) return UNREAD[cause](message, context);
  return {
    what: `PostgreSQL refuses this statement: ${message}.`,
    advice: hintFor(unparsed, context) ?? CORRECT,
  };
}

/** What the grammar was not asked about, or accepted: nobody has refused it. */
const UNREAD: Readonly<Record<UnreadCause, (message: string, context: RuleContext) => Told>> = {
  "too-large": (message) => ({
    what: `No rule has looked at this script: ${message}.`,
    advice: "Split it, or load the data outside of the migrations.",
  }),
  "nul-character": (message) => ({
    what: `No rule has looked at this script: it has ${message}.`,
    advice: "Take the character out.",
  }),
  "too-deep": (message) => ({
    what: `No rule has looked at this statement: it is ${message}.`,
    advice: "Split it.",
  }),
  "psql-command": (message) => ({
    what: `The server cannot run this: ${message}.`,
    advice: "Replace the backslash command, which only psql understands, with SQL.",
  }),
  "copy-data": (_, context) => copyData(context),
};

/** Of the runners, Flyway alone sends the rows behind a COPY as psql does. */
function copyData({ framework }: RuleContext): Told {
  return framework === "flyway"
    ? {
        what: "Not verified: Flyway loads these rows of COPY … FROM STDIN, and nothing of it was checked here.",
        advice: "Write INSERT to have them verified.",
        severity: "warning",
      }
    : {
        what: "The server cannot run this: rows of COPY … FROM STDIN, which psql sends and a migration runner does not.",
        advice: "Write INSERT in their place.",
      };
}

/** What a statement that does not parse most often is, and what to do about it. */
const HINTS: readonly { readonly pattern: RegExp; readonly hint: string }[] = [
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
