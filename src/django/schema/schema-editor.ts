import type { Span } from "../../core/span.ts";
import { effectiveDefault, placeholder } from "../literals/effective-default.ts";
import { NULL, type SqlValue, writeValue } from "../literals/sql-value.ts";
import type { Field } from "../state/field.ts";
import { isAtLeast, type ProjectSettings } from "../state/project-state.ts";
import { Uncompilable } from "../state/uncompilable.ts";
import type { Catalog } from "./catalog.ts";
import { quoteName } from "./names.ts";
import type { StringSegment } from "../python/value.ts";
import type { TableStatement } from "./table-statement.ts";

/** The operation that a statement comes from. */
export interface Origin {
  /** Its index in the migration's list. */
  readonly operation: number;
  /** Where it is written in the migration's file. */
  readonly span: Span;
}

/** One statement as Django sends it: it may hold two (`…; SET CONSTRAINTS …`). */
export interface CompiledStatement extends Origin {
  readonly sql: string;
  /** It was kept back until the end of the migration. */
  readonly isDeferred: boolean;
  /** Where its characters are written in the file: SQL of RunSQL, and in code. */
  readonly segments?: readonly StringSegment[];
  /** The code of a RunPython sends it. */
  readonly isOfCode?: true;
}

/** Something of a migration that is not known, or not as it looks. */
export interface CompilerNote extends Origin {
  readonly kind:
    | "unknown-operation"
    | "unknown-field"
    | "unknown-default"
    | "unknown-expression"
    | "not-compiled"
    | "fails";
  /** The end of a sentence that begins with "not known:", or for `fails` what Django would say. */
  readonly reason: string;
}

/** Sends the statements of one migration in one direction, as Django's schema editor does. */
export class SchemaEditor {
  readonly catalog: Catalog;
  readonly settings: ProjectSettings;
  readonly statements: CompiledStatement[] = [];
  readonly notes: CompilerNote[] = [];
  /** The operation that is being compiled. */
  origin: Origin = { operation: 0, span: { start: 0, end: 0 } };
  #isOfCode = false;
  #deferred: { readonly statement: TableStatement; readonly origin: Origin }[] = [];

  constructor(settings: ProjectSettings, catalog: Catalog) {
    this.settings = settings;
    this.catalog = catalog;
  }

  isAtLeast(major: number, minor: number): boolean {
    return isAtLeast(this.settings, major, minor);
  }

  execute(sql: string, segments?: readonly StringSegment[]): void {
    this.#record(sql, this.origin, false, segments);
  }

  #record(
    sql: string,
    origin: Origin,
    isDeferred: boolean,
    segments?: readonly StringSegment[],
  ): void {
    const { operation, span } = origin;
    const ofCode = this.#isOfCode ? { isOfCode: true as const } : {};
    const statement = { sql, operation, span, isDeferred, ...ofCode };
    this.statements.push(segments === undefined ? statement : { ...statement, segments });
  }

  /** Runs what sends statements that the code of a RunPython sends. */
  ofCode(run: () => void): void {
    this.#isOfCode = true;
    run();
    this.#isOfCode = false;
  }

  /** Sends a statement now. */
  send(statement: TableStatement): void {
    this.#send(statement, this.origin, false);
  }

  #send(statement: TableStatement, origin: Origin, isDeferred: boolean): void {
    const { sql, table, object } = statement.write();
    this.#record(sql, origin, isDeferred);
    if (object !== undefined) this.catalog.add(table, object);
  }

  /** Keeps a statement back until the end of the migration. */
  defer(...statements: readonly TableStatement[]): void {
    for (const statement of statements) this.#deferred.push({ statement, origin: this.origin });
  }

  /** Drops what was kept back. */
  forget(matches: (statement: TableStatement) => boolean): boolean {
    const before = this.#deferred.length;
    this.#deferred = this.#deferred.filter(({ statement }) => !matches(statement));
    return this.#deferred.length < before;
  }

  renameDeferred(rename: (statement: TableStatement) => void): void {
    for (const { statement } of this.#deferred) rename(statement);
  }

  /** Sends what was kept back: the migration is over. */
  flush(): void {
    for (const { statement, origin } of this.#deferred) this.#send(statement, origin, true);
    this.#deferred = [];
  }

  /** Notes what is not known, once. */
  note(kind: CompilerNote["kind"], reason: string, span = this.origin.span): void {
    const { operation } = this.origin;
    const isSaid = this.notes.some(
      (one) => one.kind === kind && one.reason === reason && one.span.start === span.start,
    );
    if (!isSaid) this.notes.push({ kind, reason, operation, span });
  }

  write(value: SqlValue): string {
    return writeValue(value, this.settings.driver);
  }

  /** What Django fills the rows with; a stand-in and a note where only the project's code knows. */
  effectiveDefault(field: Field): SqlValue {
    try {
      return effectiveDefault(field);
    } catch (error) {
      if (!(error instanceof Uncompilable)) throw error;
      this.note("unknown-default", error.message, error.span);
    }
    return field.databaseType === undefined ? NULL : placeholder(field);
  }

  /** `ALTER TABLE … DROP CONSTRAINT …`. */
  dropConstraint(table: string, name: string): void {
    this.execute(`ALTER TABLE ${quoteName(table)} DROP CONSTRAINT ${quoteName(name)}`);
    this.catalog.drop(table, name);
  }

  /** A foreign key's pending checks run first, so that it can be dropped in the same transaction. */
  dropForeignKey(table: string, name: string): void {
    this.execute(
      `SET CONSTRAINTS ${quoteName(name)} IMMEDIATE; ALTER TABLE ${quoteName(table)} DROP CONSTRAINT ${quoteName(name)}`,
    );
    this.catalog.drop(table, name);
  }

  dropIndex(table: string, name: string, concurrently = false): void {
    const word = concurrently ? "CONCURRENTLY " : "";
    this.execute(`DROP INDEX ${word}IF EXISTS ${quoteName(name)}`);
    this.catalog.drop(table, name);
    // From Django 5.0 on an index that still waits to be made is not made at all.
    if (this.isAtLeast(5, 0)) this.forget((one) => one.isIndex(table, name));
  }
}
