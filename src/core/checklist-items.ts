import type { ChecklistItem } from "./checklist.ts";

/**
 * What is asked of a change where the configuration says nothing else, in the order in which it is
 * shown. The two gates are about what nobody can take back.
 */
export const DEFAULT_CHECKLIST: readonly ChecklistItem[] = [
  {
    id: "backup",
    phase: "before",
    title: "Backup taken",
    text: "of {tables}, and restored once to see that it works: no down script brings these rows back",
    when: ["destructive"],
    gate: { who: ["write"], notAuthor: true },
  },
  {
    id: "destructive",
    phase: "before",
    title: "Destructive change agreed",
    text: "on {tables}: what is removed is used by nobody any more",
    when: ["destructive"],
    gate: { who: ["write"], notAuthor: true },
  },
  {
    id: "rollback",
    phase: "before",
    title: "Rollback plan",
    text: "in writing: the down script is missing or does not undo the up script",
    when: ["one-way"],
  },
  {
    id: "deploy-order",
    phase: "before",
    title: "Order of the deploy",
    text: ": first the release that no longer uses what is removed or renamed",
    when: ["breaking", "destructive"],
  },
  {
    id: "staging",
    phase: "before",
    title: "Staging run",
    text: "on a copy of production's rows: how many change, and how long it takes",
    when: ["data"],
  },
  {
    id: "quiet-hours",
    phase: "before",
    title: "Size and quiet hours",
    text: "of {tables}: a lock is felt by whoever uses them",
    when: ["blocking"],
  },
  {
    id: "alerts",
    phase: "before",
    title: "Alerts",
    text: "on errors, waiting locks and replication lag reach whoever runs it",
    when: ["blocking", "data", "destructive"],
  },
  {
    id: "lock-timeout",
    phase: "during",
    title: "A short `lock_timeout`",
    text: "and another try: a statement that waits for a lock makes everybody behind it wait",
    when: ["blocking"],
  },
  {
    id: "watch-locks",
    phase: "during",
    title: "Somebody watches",
    text: "who waits: `SELECT pid, query FROM pg_stat_activity WHERE wait_event_type = 'Lock'`",
    when: ["blocking"],
  },
  {
    id: "batches",
    phase: "during",
    title: "Rows change in batches",
    text: ", and it can be stopped when replication lags",
    when: ["data"],
  },
  {
    id: "half-made",
    phase: "after",
    title: "Nothing is left half made",
    text: ": `SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid` and `SELECT conrelid::regclass, conname FROM pg_constraint WHERE NOT convalidated` give no rows",
    when: ["schema"],
  },
  {
    id: "counts",
    phase: "after",
    title: "The rows that should have changed are counted",
    text: ", and their tables have had an `ANALYZE`",
    when: ["data"],
  },
  {
    id: "keep-backup",
    phase: "after",
    title: "The backup is kept",
    text: "until the release has proved itself",
    when: ["destructive"],
  },
  {
    id: "smoke-test",
    phase: "after",
    title: "A smoke test",
    text: "of what uses these tables; errors and slow queries are watched through one busy hour",
    when: ["schema", "data"],
  },
];
