import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-untrusted-code",
  summary: "Run no program and touch no file of the server",
  severity: "warning",
  confidence: "high",
  category: "security",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "COPY … PROGRAM; COPY from or to a file of the server; a function or DO block in C, PL/PythonU, PL/PerlU, PL/TclU or another untrusted language; or a call of a function that reads or writes files of the server, such as lo_import or pg_read_file.",
  effect:
    "The statement acts as the operating system's user that PostgreSQL runs as: it can read every database of the server and its keys, and start programs. It needs a superuser, so managed servers refuse it; and a file that is here is not on the other servers.",
  instead:
    "Send the rows from the client (COPY … FROM STDIN, INSERT). Write functions in SQL or PL/pgSQL.",
  references: [
    "https://www.postgresql.org/docs/current/sql-copy.html",
    "https://www.postgresql.org/docs/current/catalog-pg-language.html",
    "https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-GENFILE",
  ],
  examples: [
    {
      title: "A file of the server",
      before: "CREATE TABLE versions (version text);",
      bad: "INSERT INTO versions SELECT pg_read_file('PG_VERSION');",
      good: "INSERT INTO versions SELECT current_setting('server_version');",
    },
  ],
  directions: ["up", "down"],
  hazards: ["untrusted-code-execution"],
  checks: {
    operation(operation, context) {
      const what = outside(operation);
      if (what !== undefined) report(operation, what, context);
    },
  },
});

function report(operation: Operation, what: string, context: RuleContext): void {
  context.report(
    operation,
    `Whoever can change this migration acts as PostgreSQL's user on the server: ${what}. Send the rows from the client, or write the function in SQL or PL/pgSQL.`,
  );
}

const UNTRUSTED = /^(?:c|internal|plsh|plr|pl\w*u)$/;

const FILE_FUNCTIONS = new Set([
  "lo_import",
  "lo_export",
  "pg_read_file",
  "pg_read_binary_file",
  "pg_ls_dir",
  "pg_stat_file",
  "pg_file_write",
  "pg_file_unlink",
  "pg_file_rename",
]);

/** What an operation does outside of the database. */
function outside(operation: Operation): string | undefined {
  switch (operation.kind) {
    case "copy-rows":
      if (operation.channel === "program") return "COPY starts a program";
      return operation.channel === "file" ? "COPY opens a file there" : undefined;
    case "create-function":
    case "do-block":
      return untrusted(operation.language);
    case "create-object":
      return operation.object === "language" ? untrusted(operation.name?.name ?? "") : undefined;
    case "create-extension":
      return untrusted(operation.extension);
    default:
      return callOf(operation);
  }
}

function untrusted(language: string): string | undefined {
  return UNTRUSTED.test(language) ? `code in ${language} is not confined` : undefined;
}

function callOf(operation: Operation): string | undefined {
  if (!("reads" in operation)) return undefined;
  const called = operation.reads.functions.find(
    ({ schema, name }) =>
      FILE_FUNCTIONS.has(name) && (schema === undefined || schema === "pg_catalog"),
  );
  return called === undefined ? undefined : `${called.name}() opens a file there`;
}
