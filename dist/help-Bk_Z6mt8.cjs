require("./keeping-CAcylf3f.cjs");var HELP=`migrate-verify checks database migrations before they merge: it reads them with
PostgreSQL's own grammar, lints them with knowledge of their history, and runs
each one up, down and up again on a throwaway database.

Usage
  migrate-verify check [paths\u2026]     lint and verify what changed
  migrate-verify lint [paths\u2026]      read and lint only; no database
  migrate-verify verify [paths\u2026]    run up, down, up again only; no lint
  migrate-verify explain RULE       what a rule sees, whom it protects, what to do
  migrate-verify rules              every rule, a line each
  migrate-verify init               write a migrate-verify.yml for this repository
  migrate-verify serve              run the GitHub App; docs/github-app.md has its environment

What is checked
  Without paths, the migrations that changed against the merge base with the
  default branch, uncommitted work included. A folder narrows this to the folder.
  A file named is itself the change, and the migrations before it in its folder
  are its history; Git is not needed then.
  --since REF              measure the change against this commit or branch
  --all                    take every migration as changed
  --framework NAME         what the migrations belong to, where it is not found:
                           prisma, django, golang-migrate, dbmate, goose, diesel,
                           sqlx, flyway, node-pg-migrate, supabase, drizzle, sql
  --postgres-version N     the major version that production runs; several: 15,17

How it is judged
  --fail-on LEVEL          error (default), warning or never
  --strict                 the opt-in rules too
  --fix                    with lint: make the fixes that the rules offer in the
                           migrations that the change adds; --dry-run shows a diff
  --config FILE            instead of migrate-verify.yml or .github/migrate-verify.yml
  --rules FILE             rules of your own, from a JavaScript module that is run;
                           several: once for each (docs/rules.md)

How it is run and told
  --engine NAME            auto (default), pglite, or postgres: a server program of
                           this machine, in the version of --postgres-version
  --write-down FILE        where the down of the one migration that changed does not
                           restore, or is missing: derive one, run it, write it
  --database-url URL       a PostgreSQL server to make a throwaway database in
  --format NAME            text (default), json, markdown, sarif, github
  --color, --no-color      default: colour on a terminal, unless NO_COLOR is set

Exit status
  0  clean
  1  findings at or above --fail-on, or a verification that failed
  2  the command line or the configuration is wrong
  3  something could not be read or verified, or a bug

Examples
  migrate-verify check
  migrate-verify check --since origin/main --format markdown
  migrate-verify lint db/migrations/000042_orders.up.sql
`;exports.HELP=HELP;