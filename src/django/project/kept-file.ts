import type { MigrationSyntax } from "../migration/migration-syntax.ts";
import { readMigration } from "../migration/read-migration.ts";
import type { PythonModule } from "../python/module.ts";
import type { MigrationFile } from "./migration-files.ts";
import type { GraphNode } from "./migration-graph.ts";

/** A migration's file that an earlier run has read: its syntax is only read again when something asks for it. */
export class KeptFile implements MigrationFile {
  readonly app: string;
  readonly name: string;
  readonly dependencies: GraphNode["dependencies"];
  readonly runBefore: GraphNode["runBefore"];
  readonly replaces: GraphNode["replaces"];
  readonly path: string;
  readonly text: string;
  readonly module: string;
  readonly isContrib: boolean;
  readonly mark: string;
  readonly #read: () => PythonModule;
  #syntax: MigrationSyntax | undefined;

  constructor(
    { app, name, dependencies, runBefore, replaces }: GraphNode,
    {
      path,
      text,
      module,
      isContrib,
      mark,
    }: Pick<MigrationFile, "path" | "text" | "module" | "isContrib" | "mark">,
    read: () => PythonModule,
  ) {
    this.app = app;
    this.name = name;
    this.dependencies = dependencies;
    this.runBefore = runBefore;
    this.replaces = replaces;
    this.path = path;
    this.text = text;
    this.module = module;
    this.isContrib = isContrib;
    this.mark = mark;
    this.#read = read;
  }

  get syntax(): MigrationSyntax {
    this.#syntax ??= readMigration(this.#read());
    if (this.#syntax === undefined)
      throw new Error(`${this.path} held a migration when it was kept`);
    return this.#syntax;
  }
}
