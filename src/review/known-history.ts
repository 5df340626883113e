import type { Earlier } from "../core/neighbours.ts";
import type { Memos } from "../core/memos.ts";
import type { Project } from "../core/migration.ts";
import type { Unverified } from "../core/review.ts";
import { dumpSchema, type SchemaDump, schemaOf } from "../core/schema-dump.ts";
import type { ScopedMigration } from "./changed.ts";

/** What is not known of some migrations, each with its index. */
export interface HistoryGaps {
  /** Statements that the grammar did not accept. */
  readonly unparsed: readonly (Unverified & { readonly index: number })[];
  /** What could not be compiled. */
  readonly unknown: readonly (Unverified & { readonly index: number })[];
}

/** What the first migrations of a project come to: an earlier run has read them. */
export interface KnownHistory {
  readonly count: number;
  readonly gaps: HistoryGaps;
  readonly earlier: Earlier;
}

interface HistoryMemo {
  /** Of all that decides about the rest: `Project.historyKey`. */
  readonly key: string;
  readonly count: number;
  readonly schema: SchemaDump;
  readonly everSet: ReadonlySet<string>;
  readonly downs: number;
  readonly gaps: HistoryGaps;
}

/** What was kept of a project, where it is about unchanged migrations at its beginning and still holds. */
export function findHistory(
  project: Project,
  scoped: readonly ScopedMigration[],
  memos: Memos | undefined,
): KnownHistory | undefined {
  const { historyKey, migrations } = project;
  if (historyKey === undefined || memos === undefined) return undefined;
  const memo = memos.find(nameOf(project)) as HistoryMemo | undefined;
  if (memo === undefined || historyKey(memo.count) !== memo.key) return undefined;
  const { count, gaps, everSet, downs } = memo;
  const isSame = scoped
    .slice(0, count)
    .every(
      ({ migration, change }, index) => change === "unchanged" && migration === migrations[index],
    );
  if (!isSame || count > scoped.length) return undefined;
  return { count, gaps, earlier: { count, schema: schemaOf(memo.schema, memos), everSet, downs } };
}

/** Keeps what the migrations before the first changed one come to, unless it is known already. */
export function keepHistory(
  project: Project,
  earlier: Earlier | undefined,
  gaps: HistoryGaps,
  { memos, known }: { readonly memos: Memos | undefined; readonly known: KnownHistory | undefined },
): void {
  const { historyKey } = project;
  if (historyKey === undefined || earlier === undefined || memos === undefined) return;
  const { count, everSet, downs } = earlier;
  const key = historyKey(count);
  if (key === undefined || count === known?.count) return;
  const isBefore = ({ index }: { readonly index: number }): boolean => index < count;
  const memo: HistoryMemo = {
    key,
    count,
    schema: dumpSchema(earlier.schema, memos),
    everSet,
    downs,
    gaps: { unparsed: gaps.unparsed.filter(isBefore), unknown: gaps.unknown.filter(isBefore) },
  };
  memos.keep(nameOf(project), memo);
}

function nameOf({ framework, root }: Project): string {
  return `history ${framework} ${root}`;
}
