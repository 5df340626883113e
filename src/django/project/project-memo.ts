import type { Memos } from "../../core/memos.ts";
import type { NamedTables } from "../absent-tables.ts";
import { LaterMap, type PackedMap, packMap } from "../../core/packed-map.ts";
import { Catalog, type CatalogDump } from "../schema/catalog.ts";
import type { CompilerState } from "../compiler/compile-migration.ts";
import type { ModelState } from "../state/model-state.ts";
import { ProjectState, type ProjectSettings } from "../state/project-state.ts";
import type { KeptNode } from "./kept-file.ts";
import type { MigrationFile } from "./migration-files.ts";
import { digest, type PythonModules } from "./python-modules.ts";

/** What a run keeps of a project for the next one. */
interface ProjectMemo {
  /** JSON, which is read sooner than values are: the `KeptNode` of each mark. */
  readonly nodes: string;
  /** What else was read of the project: see `PythonModules.looks`. */
  readonly looks: ReadonlyMap<string, string | undefined>;
  readonly point: KeptPoint;
}

/** What is known after the first migrations of a history. */
interface KeptPoint {
  readonly count: number;
  /** Of all that decides about it: see `historyKeys`. */
  readonly key: string;
  readonly models: PackedMap;
  readonly catalog: CatalogDump;
  readonly tables: NamedTables;
}

/** A point of the history at which compilation can begin. */
export interface HistoryPoint {
  /** Migrations before it. */
  readonly count: number;
  readonly state: CompilerState;
  /** The tables that their statements name. */
  readonly tables: NamedTables;
}

/** What the run before kept of a project, as far as it still follows from its files. */
export class KeptProject {
  readonly #memos: Memos | undefined;
  readonly #name: string;
  readonly #found: ProjectMemo | undefined;
  readonly #nodes: Readonly<Record<string, KeptNode>>;

  /** @param root path of the project's folder */
  constructor(memos: Memos | undefined, root: string, modules: PythonModules) {
    this.#memos = memos;
    this.#name = `django ${root}`;
    const found = memos?.find(this.#name) as ProjectMemo | undefined;
    this.#found = found !== undefined && modules.areAsBefore(found.looks) ? found : undefined;
    this.#nodes = JSON.parse(this.#found?.nodes ?? "{}") as Record<string, KeptNode>;
  }

  /** What is known of a migration whose file has this mark; undefined where it has to be read. */
  node(mark: string): KeptNode | undefined {
    return Object.hasOwn(this.#nodes, mark) ? this.#nodes[mark] : undefined;
  }

  /** What was looked for when this was kept; undefined where there is nothing. */
  get looks(): ProjectMemo["looks"] | undefined {
    return this.#found?.looks;
  }

  /** The point that was kept, where it is none behind the first `most` migrations. */
  point(
    key: (count: number) => string,
    most: number,
    settings: ProjectSettings,
  ): HistoryPoint | undefined {
    const memos = this.#memos;
    const point = this.#found?.point;
    if (
      memos === undefined ||
      point === undefined ||
      point.count > most ||
      key(point.count) !== point.key
    ) {
      return undefined;
    }
    const { count, models, catalog, tables } = point;
    const project = new ProjectState(settings, LaterMap.unpack<ModelState>(models, memos));
    return { count, tables, state: { project, catalog: Catalog.of(catalog, memos) } };
  }

  keep(
    files: readonly MigrationFile[],
    looks: ProjectMemo["looks"],
    { count, state, tables }: HistoryPoint,
    key: string,
  ): void {
    const memos = this.#memos;
    if (memos === undefined) return;
    const whole = files.filter(({ isFaulty }) => isFaulty !== true);
    const nodes = whole.map((file): [string, KeptNode] => {
      const { mark, app, name, dependencies, runBefore, replaces, settings } = file;
      return [mark, { app, name, dependencies, runBefore, replaces, settings }];
    });
    const models = [...state.project.models].map(
      ([name, model]) => [name, { ...model, fields: new Map(model.fields) }] as const,
    );
    const catalog = state.catalog.dump(memos);
    const point = { count, key, models: packMap(new Map(models), memos), catalog, tables };
    const memo: ProjectMemo = { nodes: JSON.stringify(Object.fromEntries(nodes)), looks, point };
    memos.keep(this.#name, memo);
  }
}

/**
 * Names of what the first migrations come to, for each number of them: hashes of their texts in order,
 * of what the project says otherwise, and of what else was read for them.
 */
export function historyKeys(
  files: readonly MigrationFile[],
  { version, driver, swappable, autoField }: ProjectSettings,
  fields: Readonly<Record<string, string>>,
  looks: ReadonlyMap<string, string | undefined>,
): (count: number) => string {
  const read = [...looks].map(([what, found]) => digest(what, found ?? "")).toSorted(compareText);
  const said = [version, driver, swappable, autoField, fields, read];
  return (count) => digest(JSON.stringify(said), ...files.slice(0, count).map(({ mark }) => mark));
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
