import type { ObjectName } from "../../core/name.ts";
import type { Operation } from "../../core/operation.ts";
import { placeIn } from "../../core/statement.ts";
import type { LossCause } from "../../core/verification.ts";
import type { Catalog } from "../catalog.ts";
import type { RowChanges } from "../observation/look.ts";
import type { QueryRun } from "../query-sender.ts";
import type { ScriptRun } from "../script-run.ts";
import type { RowsFate } from "./compare-rows.ts";
import { firstOnTheWay, foreignKeyEdges, tableKey } from "./foreign-key-paths.ts";
import type { ForeignKeyEdge, TableKey } from "./foreign-key-paths.ts";
import { partitionRoots } from "./partition-roots.ts";
import type { TableSnapshot } from "./row-snapshot.ts";

/** What one query of a script did to rows. */
interface Effect {
  readonly operations: readonly Operation[];
  /** Rows changed, by the table's oid; absent where nobody counted. */
  readonly changes?: ReadonlyMap<string, RowChanges>;
  /** 1-based. */
  readonly line: number;
}

/** A table, under each name that it and what it is a part of have. */
interface Victim {
  readonly oid: string;
  readonly keys: ReadonlySet<TableKey>;
}

/**
 * Finds the statement of a script that took rows or values away: the one that was seen to change the
 * table, or that says so. Where it names another table, the foreign key tells the way.
 */
export class LossCauses {
  readonly #run: ScriptRun;
  readonly #effects: readonly Effect[];
  readonly #catalogs: readonly [Catalog, Catalog];
  #knownEdges: readonly ForeignKeyEdge[] | undefined;
  #knownRoots: ReadonlyMap<TableKey, TableKey> | undefined;

  /** `catalogs`: before the script and after it. */
  constructor(run: ScriptRun, ran: readonly QueryRun[], catalogs: readonly [Catalog, Catalog]) {
    this.#run = run;
    this.#catalogs = catalogs;
    this.#effects = ran.map(({ query, changes }) => ({
      operations: query.statements.flatMap((at) => run.script.statements[at]?.operations ?? []),
      line: placeIn(run.script, query.span ?? { start: 0, end: 0 }).line,
      ...(changes === undefined ? {} : { changes }),
    }));
  }

  /** Whether the script gives rows of the table values: it was seen to, or says so, or nobody can tell. */
  writes({ match }: RowsFate): boolean {
    const victim = this.#victim(match.before, match.after);
    return this.#effects.some(
      ({ changes, operations }) =>
        (changes?.get(victim.oid)?.updated ?? 0) > 0 ||
        operations.some(
          (operation) =>
            mayWriteAnything(operation) ||
            (GIVES_VALUES.has(operation.kind) && isAbout(operation, victim)),
        ),
    );
  }

  /** Of rows that are gone. */
  ofRows({ match }: RowsFate): LossCause | undefined {
    const victim = this.#victim(match.before, match.after);
    const named = this.#naming(victim, (operation) => operation.kind === "drop-table");
    return this.#counted(victim, "deleted") ?? this.#stated(victim) ?? named;
  }

  /** Of a column that is gone. */
  ofColumn({ match }: RowsFate, column: string): LossCause | undefined {
    return this.#naming(
      this.#victim(match.before, match.after),
      (operation) => operation.kind === "drop-column" && operation.column === column,
    );
  }

  /** Of values that are others, in a column that is there. */
  ofValues({ match }: RowsFate, column: string): LossCause | undefined {
    const victim = this.#victim(match.before, match.after);
    const typed = this.#naming(
      victim,
      (operation) =>
        (operation.kind === "alter-column-type" || operation.kind === "drop-column") &&
        operation.column === column,
    );
    return (
      typed ??
      this.#counted(victim, "updated", column) ??
      // It was made anew, from what was left.
      this.#naming(victim, (operation) => operation.kind === "drop-table") ??
      // A trigger of the table changes what the statement does not name.
      this.#counted(victim, "updated")
    );
  }

  /** Of values that rows were given, in a column that was there before and has the same type. */
  ofGivenValues({ match }: RowsFate, column: string): LossCause | undefined {
    return this.#counted(this.#victim(match.before, match.after), "updated", column);
  }

  /** Most scripts take nothing away: catalogs are not read for nothing. */
  get #edges(): readonly ForeignKeyEdge[] {
    return (this.#knownEdges ??= this.#catalogs.flatMap(foreignKeyEdges));
  }

  get #roots(): ReadonlyMap<TableKey, TableKey> {
    return (this.#knownRoots ??= partitionRoots(this.#catalogs[0]));
  }

  #victim(before: TableSnapshot, after: TableSnapshot | undefined): Victim {
    const keys = [before, ...(after === undefined ? [] : [after])].map(tableKey);
    return { oid: before.oid, keys: new Set(keys.flatMap((key) => this.#withRoots(key))) };
  }

  #withRoots(key: TableKey): TableKey[] {
    const root = this.#roots.get(key);
    return root === undefined || root === key ? [key] : [key, ...this.#withRoots(root)];
  }

  /** The query that was seen to change most of the table's rows. */
  #counted(victim: Victim, what: "deleted" | "updated", column?: string): LossCause | undefined {
    const count = ({ changes }: Effect): number => changes?.get(victim.oid)?.[what] ?? 0;
    const writes = (effect: Effect): boolean =>
      column === undefined || !isAboutOthers(effect, victim, column);
    const [most] = this.#effects
      .filter((effect) => count(effect) > 0 && writes(effect))
      .toSorted((a, b) => count(b) - count(a));
    if (most === undefined) return undefined;
    const own = most.operations.find((operation) => isAbout(operation, victim));
    if (own !== undefined) return this.#at(own);
    const changed = new Set(most.operations.flatMap((operation) => tableOf(operation) ?? []));
    const key = this.#way(victim, changed, (edge, isFirst) => {
      if (!isFirst || what === "deleted") return edge.onDelete === "CASCADE";
      const isActing = edge.onDelete.startsWith("SET") || edge.onUpdate !== "";
      return isActing && (column === undefined || edge.columns.includes(column));
    });
    return { line: most.line, ...(key === undefined ? {} : { foreignKey: key.name }) };
  }

  /** TRUNCATE is not counted, and what nobody counted says itself what it does. */
  #stated(victim: Victim): LossCause | undefined {
    const direct = this.#naming(victim, isTaking);
    if (direct !== undefined) return direct;
    for (const operation of this.#effects.flatMap(({ operations }) => operations)) {
      if (!isTaking(operation)) continue;
      const table = tableOf(operation);
      const key = this.#way(victim, new Set(table === undefined ? [] : [table]), (edge) =>
        operation.kind === "truncate" ? operation.cascade : edge.onDelete === "CASCADE",
      );
      if (key !== undefined) return { ...this.#at(operation), foreignKey: key.name };
    }
    return undefined;
  }

  #way(
    { keys }: Victim,
    reached: ReadonlySet<TableKey>,
    leads: (edge: ForeignKeyEdge, isFirst: boolean) => boolean,
  ): ForeignKeyEdge | undefined {
    const ways = [...keys].map((key) => firstOnTheWay(key, reached, this.#edges, leads));
    return ways.find((way) => way !== undefined);
  }

  /** The last operation of a kind on the table. */
  #naming(victim: Victim, is: (operation: Operation) => boolean): LossCause | undefined {
    const operation = this.#effects
      .flatMap(({ operations }) => operations)
      .findLast((one) => isAbout(one, victim) && is(one));
    return operation === undefined ? undefined : this.#at(operation);
  }

  #at({ span }: Operation): LossCause {
    return { line: placeIn(this.#run.script, span).line };
  }
}

function isTaking({ kind }: Operation): boolean {
  return kind === "truncate" || kind === "delete-rows";
}

function isAbout(operation: Operation, { keys }: Victim): boolean {
  const table = tableOf(operation);
  return table !== undefined && keys.has(table);
}

const GIVES_VALUES = new Set<Operation["kind"]>(["update-rows", "merge-rows", "insert-rows"]);

function mayWriteAnything(operation: Operation): boolean {
  if (operation.kind === "do-block") return operation.dynamic || !operation.readable;
  return operation.kind === "call-procedure" || operation.kind === "run-code";
}

/** It updates the table, but other columns of it. */
function isAboutOthers({ operations }: Effect, victim: Victim, column: string): boolean {
  const own = operations.filter((operation) => isAbout(operation, victim));
  const updates = own.flatMap((operation) => (operation.kind === "update-rows" ? operation : []));
  return updates.length > 0 && updates.every(({ columns }) => !columns.includes(column));
}

function tableOf(operation: Operation): TableKey | undefined {
  const table = "table" in operation ? (operation.table as ObjectName | undefined) : undefined;
  return table === undefined ? undefined : tableKey(table);
}
