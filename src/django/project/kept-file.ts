import type { MigrationSyntax } from "../migration/migration-syntax.ts";
import { readMigration } from "../migration/read-migration.ts";
import type { PythonModule } from "../python/module.ts";
import type { MigrationFile } from "./migration-files.ts";
import type { GraphNode } from "./migration-graph.ts";

/** What an earlier run has read of a migration's file. */
export type KeptNode = GraphNode & Pick<MigrationFile, "settings">;

/** A migration's file that an earlier run has read: it is only read again when something asks for it. */
export class KeptFile implements MigrationFile {
  readonly app: string;
  readonly name: string;
  readonly dependencies: GraphNode["dependencies"];
  readonly runBefore: GraphNode["runBefore"];
  readonly replaces: GraphNode["replaces"];
  readonly settings: readonly string[];
  readonly path: string;
  readonly module: string;
  readonly isContrib: boolean;
  readonly mark: string;
  readonly #source: { readonly text: () => string; readonly read: () => PythonModule };
  #syntax: MigrationSyntax | undefined;

  constructor(
    { app, name, dependencies, runBefore, replaces, settings }: KeptNode,
    place: Pick<MigrationFile, "path" | "module" | "isContrib" | "mark">,
    source: { readonly text: () => string; readonly read: () => PythonModule },
  ) {
    this.app = app;
    this.name = name;
    this.dependencies = dependencies;
    this.runBefore = runBefore;
    this.replaces = replaces;
    this.settings = settings;
    this.path = place.path;
    this.module = place.module;
    this.isContrib = place.isContrib;
    this.mark = place.mark;
    this.#source = source;
  }

  get text(): string {
    return this.#source.text();
  }

  get syntax(): MigrationSyntax {
    this.#syntax ??= readMigration(this.#source.read());
    if (this.#syntax === undefined)
      throw new Error(`${this.path} held a migration when it was kept`);
    return this.#syntax;
  }
}
