import type { Migration } from "../core/migration.ts";
import { AbsentTables } from "./absent-tables.ts";
import {
  type CompiledMigration,
  compileMigration,
  type CompilerState,
  emptyState,
} from "./compiler/compile-migration.ts";
import type { MigrationFile } from "./project/migration-files.ts";
import type { DatabaseOrder } from "./project/new-last.ts";
import { type HistoryPoint, historyKeys, type KeptProject } from "./project/project-memo.ts";
import { schemaSteps } from "./run-python/schema-code.ts";
import type { PythonModules } from "./project/python-modules.ts";
import type { ProjectSettings } from "./state/project-state.ts";

/** What a history is compiled with. */
export interface HistorySurroundings {
  readonly settings: ProjectSettings;
  readonly fields: Readonly<Record<string, string>>;
  readonly modules: PythonModules;
  readonly kept: KeptProject;
  /** Those that squashed ones stand for, too. */
  readonly all: readonly MigrationFile[];
}

/**
 * The migrations of a project, each compiled after those before it. Compilation begins at the point
 * that an earlier run has kept; what lies before it is compiled only when something asks for it.
 */
export class CompiledHistory {
  readonly files: readonly MigrationFile[];
  /** What makes the tables that no migration does. */
  readonly absent: Migration | undefined;
  /** The state after the last migration. */
  readonly end: CompilerState;
  readonly #start: CompilerState;
  readonly #keys: (count: number) => string;
  readonly #compiled: CompiledMigration[] = [];

  constructor(
    { files, unchanged }: DatabaseOrder<MigrationFile>,
    { settings, fields, modules, kept, all }: HistorySurroundings,
  ) {
    this.files = files;
    this.#start = emptyState(settings);
    const known = kept.looks && historyKeys(files, settings, fields, kept.looks);
    const point = known && kept.point(known, unchanged, settings);
    const before = this.#compileTo(unchanged, point ?? { count: 0, state: this.#start });
    const { state, tables } = this.#compileTo(files.length, before);
    this.end = state;
    this.absent = new AbsentTables(tables).migration;
    if (known !== undefined && point?.count === unchanged) {
      this.#keys = known;
      return;
    }
    const looks = new Map(modules.looks);
    this.#keys = historyKeys(files, settings, fields, looks);
    if (unchanged > 0) kept.keep(all, looks, before, this.#keys(unchanged));
  }

  /** Compiles from a point of the history to another one. */
  #compileTo(
    count: number,
    from: Pick<HistoryPoint, "count" | "state"> & Partial<HistoryPoint>,
  ): HistoryPoint {
    const tables = new AbsentTables(from.tables);
    let { state } = from;
    for (let index = from.count; index < count; index += 1) {
      const compiled = this.#compile(index, state);
      ({ state } = compiled);
      tables.add(compiled.up);
    }
    return { count, state, tables: tables.named };
  }

  /** A name for what the first migrations come to, that which makes absent tables counted as the first. */
  key(count: number): string | undefined {
    const own = this.absent === undefined ? count : count - 1;
    return own > 0 ? `${this.absent?.up.text ?? ""}\0${this.#keys(own)}` : undefined;
  }

  /** The migration of an index, compiled after those before it. */
  compiled(index: number): CompiledMigration {
    let next = index;
    while (next > 0 && this.#compiled[next] === undefined) next -= 1;
    let compiled = this.#compiled[next] ?? this.#compile(next, this.#start);
    for (next += 1; next <= index; next += 1) compiled = this.#compile(next, compiled.state);
    return compiled;
  }

  #compile(index: number, state: CompilerState): CompiledMigration {
    const file = this.files[index];
    if (file === undefined) throw new Error(`there is no migration ${index}`);
    const { app, module, syntax } = file;
    const compiled = compileMigration(state, {
      app,
      module,
      operations: syntax.operations,
      schemaSteps: (code) => schemaSteps(code, syntax.module),
    });
    this.#compiled[index] = compiled;
    return compiled;
  }
}
