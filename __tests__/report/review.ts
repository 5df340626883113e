import { PROBES } from "../../src/core/observation.ts";
import type { Finding } from "../../src/core/finding.ts";
import type { Review, ReviewedMigration } from "../../src/core/review.ts";
import { defineRule, type Rule } from "../../src/core/rule.ts";
import type { Verification } from "../../src/core/verification.ts";
import type { ReportInput } from "../../src/report/report-input.ts";

/*
 * A review as the reports get it: an order table that loses a column, a clean migration and one whose
 * up script fails.
 */

export const RULES: readonly Rule[] = [
  defineRule({
    id: "require-concurrent-index",
    summary: "Create indexes concurrently on tables that already exist",
    severity: "error",
    confidence: "high",
    category: "blocking-lock",
    dialects: ["postgresql"],
    since: "0.1.0",
    condition: "CREATE INDEX without CONCURRENTLY on a table that exists already.",
    effect: "The build holds a SHARE lock on the table: every INSERT, UPDATE and DELETE waits.",
    instead: "Build the index with CONCURRENTLY, in a migration outside of a transaction.",
    references: ["https://www.postgresql.org/docs/current/sql-createindex.html"],
    examples: [
      {
        title: "An index on a table in use",
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL);",
        bad: "CREATE INDEX orders_customer_id ON orders (customer_id);",
        good: "CREATE INDEX CONCURRENTLY orders_customer_id ON orders (customer_id);",
        autocommit: { good: true },
      },
    ],
    directions: ["up", "down"],
    squawk: ["require-concurrent-index-creation"],
    checks: {},
  }),
  defineRule({
    id: "no-drop-column",
    summary: "Drop a column only after nothing reads it",
    severity: "warning",
    confidence: "medium",
    category: "data-loss",
    dialects: ["postgresql"],
    since: "0.1.0",
    condition: "DROP COLUMN on a table that exists already.",
    effect: "Code that still names the column fails, and its values are gone.",
    instead: "Stop reading the column in one release and drop it in the next.",
    references: ["https://www.postgresql.org/docs/current/sql-altertable.html"],
    examples: [],
    options: { days: { default: 7, description: "Days between the two releases." } },
    checks: {},
  }),
  defineRule({
    id: "prefer-text",
    summary: "Use text instead of varchar",
    severity: "info",
    confidence: "low",
    category: "design",
    dialects: ["postgresql"],
    since: "0.2.0",
    condition: "A column of type varchar.",
    effect: "A longer value needs a migration.",
    instead: "Use text with a CHECK.",
    references: [],
    examples: [],
    optIn: true,
    aliases: ["prefer-text-type"],
    checks: {},
  }),
];

export const ORDERS_UP = `ALTER TABLE orders DROP COLUMN note;

CREATE INDEX orders_customer_id ON orders (customer_id);
`;
const ORDERS_DOWN = "ALTER TABLE orders ADD COLUMN note text;\nDROP INDEX orders_customer_id;\n";

const UP_PATH = "db/migrations/000042_orders_customer.up.sql";
const DOWN_PATH = "db/migrations/000042_orders_customer.down.sql";

/** A finding at the index of the orders migration, unless told otherwise. */
export function finding(part: Partial<Finding> = {}): Finding {
  return {
    rule: "require-concurrent-index",
    severity: "error",
    confidence: "high",
    message:
      "Building `orders_customer_id` takes a SHARE lock on `orders`: every INSERT, UPDATE and DELETE waits until the index is done. Build it with CONCURRENTLY.",
    path: UP_PATH,
    line: 3,
    column: 1,
    endLine: 3,
    endColumn: 56,
    table: "orders",
    ...part,
  };
}

export const VERIFICATION: Verification = {
  up: {
    outcome: "passed",
    durationMs: 38.4,
    difference: [
      {
        change: "removed",
        object: "column",
        name: "orders.note",
        before: "type text",
        weight: "semantic",
      },
      {
        change: "added",
        object: "index",
        name: "orders_customer_id on orders",
        after: "CREATE INDEX orders_customer_id ON orders USING btree (customer_id)",
        weight: "semantic",
      },
    ],
  },
  down: {
    verdict: "schema-only",
    durationMs: 4,
    difference: [
      {
        change: "changed",
        object: "column order",
        name: "orders",
        before: "id, note, customer_id",
        after: "id, customer_id, note",
        weight: "cosmetic",
      },
    ],
  },
  upAgain: { outcome: "passed", durationMs: 30, difference: [] },
  rows: [{ table: "orders", before: 10, after: 10, changedColumns: ["note"] }],
  statements: [
    {
      direction: "up",
      line: 1,
      column: 1,
      sql: "ALTER TABLE orders DROP COLUMN note",
      durationMs: 3,
      watched: true,
      locks: [{ object: "orders", mode: "ACCESS EXCLUSIVE", heldMs: 38 }],
      rewrites: [],
      rowsScanned: 0,
      scans: [],
      waiting: [{ table: "orders", blocked: PROBES }],
      queue: [{ table: "orders", blocked: PROBES }],
    },
    {
      direction: "up",
      line: 3,
      column: 1,
      sql: "CREATE INDEX orders_customer_id ON orders (customer_id)",
      durationMs: 34,
      watched: true,
      locks: [{ object: "customers", mode: "SHARE", heldMs: 35 }],
      rewrites: [],
      indexBuilds: ["orders_customer_id"],
      scans: [{ table: "orders", rows: 1000 }],
      rowsScanned: 1000,
      walBytes: 2_500_000,
      waiting: [{ table: "customers", blocked: ["INSERT", "UPDATE", "DELETE"] }],
    },
  ],
};

export const ORDERS: ReviewedMigration = {
  id: "000042_orders_customer",
  path: UP_PATH,
  downPath: DOWN_PATH,
  change: "added",
  class: "schema",
  destructive: true,
  findings: [
    finding({
      rule: "no-drop-column",
      severity: "warning",
      confidence: "medium",
      message: "Dropping `note` removes its values from `orders`, and code that reads it fails.",
      line: 1,
      column: 20,
      endLine: 1,
      endColumn: 36,
    }),
    finding({
      evidence: { verdict: "confirmed", text: "3 of 5 probes on `orders` were blocked." },
      fix: {
        title: "Build it concurrently",
        edits: [{ span: { start: 50, end: 50 }, text: " CONCURRENTLY" }],
      },
    }),
  ],
  suppressed: [
    { finding: finding({ rule: "prefer-text", severity: "info" }), reason: "the API's limit" },
  ],
  verification: VERIFICATION,
};

const CLEAN: ReviewedMigration = {
  id: "000043_backfill",
  path: "db/migrations/000043_backfill.up.sql",
  change: "added",
  class: "data",
  destructive: false,
  findings: [],
  suppressed: [],
  verification: {
    up: { outcome: "passed", durationMs: 5, difference: [] },
    down: { verdict: "exact", durationMs: 1, difference: [] },
    upAgain: { outcome: "passed", durationMs: 5, difference: [] },
    rows: [],
    statements: [],
  },
};

const BROKEN: ReviewedMigration = {
  id: "000044_duplicate",
  path: "db/migrations/000044_duplicate.up.sql",
  change: "modified",
  class: "schema",
  destructive: false,
  findings: [],
  suppressed: [],
  verification: {
    up: {
      outcome: "failed",
      durationMs: 2,
      difference: [],
      error: {
        message: 'relation "orders" already exists',
        code: "42P07",
        line: 1,
        hint: "Use another name.",
      },
    },
    down: { verdict: "not-run", reason: "up did not pass", difference: [] },
    upAgain: { outcome: "not-run", reason: "up did not pass", difference: [] },
    rows: [],
    statements: [],
  },
};

/** A review that fails, of one project. */
export function review(part: Partial<Review> = {}): Review {
  return {
    version: 1,
    verdict: "fail",
    summary: {
      migrations: 3,
      errors: 1,
      warnings: 1,
      infos: 0,
      suppressed: 1,
      failedVerifications: 2,
      durationMs: 1234,
    },
    scope: { lint: true, verify: true, since: "merge base 3f9c2e1 of main" },
    engine: {
      name: "pglite",
      version: "18.6",
      limits: ["One session: what a lock blocks is known from its mode, not seen."],
    },
    projects: [
      {
        root: "db/migrations",
        framework: "golang-migrate",
        dialect: "postgresql",
        history: 41,
        migrations: [ORDERS, CLEAN, BROKEN],
      },
    ],
    unverified: [
      { path: "db/migrations/000045_geo.up.sql", reason: "the extension postgis is not available" },
    ],
    settings: {
      failOn: "error",
      rules: [{ rule: "require-lock-timeout", severity: "off", reason: "the runner sets it" }],
    },
    ...part,
  };
}

/** A review in which nothing was found. */
export function cleanReview(): Review {
  const [project] = review().projects;
  return review({
    verdict: "pass",
    summary: {
      migrations: 1,
      errors: 0,
      warnings: 0,
      infos: 0,
      suppressed: 0,
      failedVerifications: 0,
      durationMs: 40,
    },
    projects: project === undefined ? [] : [{ ...project, migrations: [CLEAN] }],
    unverified: [],
    settings: { failOn: "error", rules: [] },
  });
}

const TEXTS: Readonly<Record<string, string>> = { [UP_PATH]: ORDERS_UP, [DOWN_PATH]: ORDERS_DOWN };

/** What a report is made from. */
export function input(one: Review = review()): ReportInput {
  return { review: one, rules: RULES, texts: (path) => TEXTS[path] };
}

/** A review of one migration with these findings. */
export function reviewWith(
  findings: readonly Finding[],
  part: Partial<ReviewedMigration> = {},
): Review {
  const [project] = review().projects;
  const migration = { ...ORDERS, findings, ...part };
  return review({
    projects: project === undefined ? [] : [{ ...project, migrations: [migration] }],
  });
}
