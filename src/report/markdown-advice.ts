import type { RuleCategory } from "../core/rule.ts";
import { named } from "./markdown-checks.ts";
import type { MarkdownPage } from "./markdown-page.ts";
import { signOfDown } from "./verification-words.ts";

/** What a change asks of the people who run it, from the classes and findings of its migrations. */
interface Needs {
  readonly schema: boolean;
  readonly data: boolean;
  readonly destructive: boolean;
  /** Takes a lock that others wait for, or writes a table anew. */
  readonly blocking: boolean;
  /** The release that runs now breaks. */
  readonly breaking: boolean;
  /** Some down script does not bring back what was. */
  readonly oneWay: boolean;
  /** Escaped names of the tables in question. */
  readonly lost: string;
  readonly locked: string;
}

/** Lists of what to do before, during and after: only what this change needs. */
export function advice(page: MarkdownPage): string {
  const needs = needsOf(page);
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ["Before merging", before(needs)],
    ["While it runs", during(needs)],
    ["Afterwards", after(needs)],
  ];
  return sections
    .filter(([, items]) => items.length > 0)
    .map(([title, items]) => `### ${title}\n${items.map((item) => `- ${item}`).join("\n")}`)
    .join("\n\n");
}

function needsOf({ migrations, rules, input }: MarkdownPage): Needs {
  const findings = migrations.flatMap((migration) => migration.findings);
  const about = (...categories: readonly RuleCategory[]) =>
    findings.filter(({ rule }) => {
      const category = rules.get(rule)?.category;
      return category !== undefined && categories.includes(category);
    });
  const tables = (some: typeof findings): string => {
    const names = [...new Set(some.flatMap(({ table }) => table ?? []))];
    return names.length === 0 ? "the tables in question" : named(names);
  };
  const blocking = about("blocking-lock", "table-rewrite");
  const classes = new Set(migrations.map((migration) => migration.class));
  return {
    schema: classes.has("schema") || classes.has("schema-and-data"),
    data: classes.has("data") || classes.has("schema-and-data"),
    destructive: migrations.some(({ destructive }) => destructive),
    blocking: blocking.length > 0,
    breaking: about("breaks-running-code").length > 0,
    oneWay: migrations.some(
      ({ verification }) =>
        verification !== undefined &&
        signOfDown(verification.down.verdict, input.review.settings.down) !== "good",
    ),
    lost: tables(about("data-loss")),
    locked: tables(blocking),
  };
}

function before(needs: Needs): string[] {
  const items: string[] = [];
  if (needs.destructive) {
    items.push(
      `**Backup** of ${needs.lost}, restored once to see that it works: no down script brings these rows back`,
    );
  }
  if (needs.oneWay) {
    items.push(
      "**Rollback plan** in writing: the down script is missing or does not undo the up script",
    );
  }
  if (needs.breaking || needs.destructive) {
    items.push(
      "**Order of the deploy**: first the release that no longer uses what is removed or renamed",
    );
  }
  if (needs.data) {
    items.push(
      "**Staging run** on a copy of production's rows: how many change, and how long it takes",
    );
  }
  if (needs.blocking) {
    items.push(`**Size and quiet hours** of ${needs.locked}: a lock is felt by whoever uses them`);
  }
  return items;
}

function during(needs: Needs): string[] {
  const items: string[] = [];
  if (needs.blocking) {
    items.push(
      "A short `lock_timeout` and another try: a statement that waits for a lock makes everybody behind it wait",
      "Somebody watches who waits: `SELECT pid, query FROM pg_stat_activity WHERE wait_event_type = 'Lock'`",
    );
  }
  if (needs.data) {
    items.push("Rows change in batches; it can be stopped when replication lags");
  }
  return items;
}

function after(needs: Needs): string[] {
  const items: string[] = [];
  if (needs.schema) {
    items.push(
      "Nothing is left half made: `SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid` and `SELECT conrelid::regclass, conname FROM pg_constraint WHERE NOT convalidated` give no rows",
    );
  }
  if (needs.data) {
    items.push(
      "The rows that should have changed are counted, and their tables have had an `ANALYZE`",
    );
  }
  if (needs.destructive) items.push("The backup is kept until the release has proved itself");
  if (needs.schema || needs.data) {
    items.push(
      "A smoke test of what uses these tables; errors and slow queries are watched through one busy hour",
    );
  }
  return items;
}
