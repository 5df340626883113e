import type { Change, Direction, Framework, Migration, ProjectFault } from "./migration.ts";
import type { ObjectName } from "./name.ts";
import type { Operation } from "./operation.ts";
import type { ReportOptions, ReportPlace, RuleContext } from "./rule-context.ts";
import type { Schema } from "./schema.ts";
import type { Span } from "./span.ts";
import { placeIn, type Script } from "./statement.ts";
import { chosenName } from "./chosen-name.ts";
import { functionsReading } from "./functions-reading.ts";
import { locksOf } from "./lock-table.ts";
import { publicationsOf } from "./publications-of.ts";
import { SUPPORTED_POSTGRES } from "./settings.ts";
import { transactionsOf, type Transaction } from "./transactions.ts";
import { typeChange } from "./type-change.ts";
import { volatilityOf } from "./volatility.ts";
import type { MigrationScript } from "./migration.ts";

/** All that the context of one script is made from. */
export interface ContextInput {
  readonly framework: Framework;
  readonly direction: Direction;
  readonly migration: Migration;
  readonly change: Change;
  readonly source: MigrationScript;
  readonly script: Script;
  /** Changes as the script is replayed. */
  readonly schema: Schema;
  readonly otherHalf: ReturnType<RuleContext["otherHalf"]>;
  readonly isAskedFor: () => boolean;
  readonly isOn: RuleContext["isOn"];
  readonly history: RuleContext["history"];
  readonly historySets: RuleContext["historySets"];
  readonly earlierMigrations: RuleContext["earlierMigrations"];
  readonly laterMigrations: RuleContext["laterMigrations"];
  readonly isDeclaredLater: (table: string) => boolean;
  readonly laterOnBase: readonly Migration[];
  readonly faults: readonly ProjectFault[];
  readonly isSameAsBase: boolean;
  readonly postgres: readonly number[];
  readonly rows: (table: ObjectName) => number | undefined;
  readonly option: (name: string) => number | string;
  readonly report: (at: ReportPlace, message: string, options: ReportOptions) => void;
}

/** A rule's context for one script, with a cursor that the engine moves from operation to operation. */
export class LintContext implements RuleContext {
  readonly #input: ContextInput;
  readonly #operations: Operation[] = [];
  /** The statement of each operation. */
  readonly #statements: number[] = [];
  readonly #transactions: readonly (Transaction | undefined)[];
  #cursor = 0;
  /** Locks that were asked for, as the schema is before the operation at the cursor. */
  readonly #locks = new Map<Operation, ReturnType<RuleContext["locks"]>>();

  constructor(input: ContextInput) {
    this.#input = input;
    input.script.statements.forEach((statement, index) => {
      for (const operation of statement.operations) {
        this.#operations.push(operation);
        this.#statements.push(index);
      }
    });
    this.#transactions = transactionsOf(input.script.statements, input.source);
  }

  /** Moves to the operation of this index; past the last one for the `migration` check. */
  moveTo(index: number): void {
    this.#cursor = index;
    this.#locks.clear();
  }

  /** Undefined in the `migration` check. */
  get current(): Operation | undefined {
    return this.#operations[this.#cursor];
  }

  line({ span }: { readonly span: Span }): number {
    return placeIn(this.#input.script, span).line;
  }
  get framework(): Framework {
    return this.#input.framework;
  }
  get direction(): Direction {
    return this.#input.direction;
  }
  get migration(): Migration {
    return this.#input.migration;
  }
  get change(): Change {
    return this.#input.change;
  }
  get text(): string {
    const { text, span } = this.#input.source;
    return text.slice(span.start, span.end);
  }
  get operations(): readonly Operation[] {
    return this.#operations;
  }
  get comments(): RuleContext["comments"] {
    return this.#input.script.comments;
  }
  get unparsed(): RuleContext["unparsed"] {
    return this.#input.script.unparsed;
  }
  get faults(): readonly ProjectFault[] {
    return this.#input.faults;
  }
  get isSameAsBase(): boolean {
    return this.#input.isSameAsBase;
  }
  get laterOnBase(): readonly Migration[] {
    return this.#input.laterOnBase;
  }

  readonly report: RuleContext["report"] = (at, message, options = {}) => {
    this.#input.report(at, message, options);
  };
  readonly textOf: RuleContext["textOf"] = ({ span }) =>
    this.#input.source.text.slice(span.start, span.end);
  readonly statement: RuleContext["statement"] = () => {
    const { statements } = this.#input.script;
    const index = this.#statements[Math.min(this.#cursor, this.#statements.length - 1)];
    return statements[index ?? 0]?.span ?? this.#input.source.span;
  };
  readonly otherHalf: RuleContext["otherHalf"] = () => this.#input.otherHalf;
  readonly isAskedFor = (): boolean => this.#input.isAskedFor();
  readonly isOn: RuleContext["isOn"] = (rule) => this.#input.isOn(rule);
  readonly history: RuleContext["history"] = () => this.#input.history();
  readonly historySets: RuleContext["historySets"] = (setting) => this.#input.historySets(setting);
  readonly tables: RuleContext["tables"] = () => this.#input.schema.tables.all();
  readonly earlierMigrations: RuleContext["earlierMigrations"] = (...kinds) =>
    this.#input.earlierMigrations(...kinds);
  readonly laterMigrations: RuleContext["laterMigrations"] = (...kinds) =>
    this.#input.laterMigrations(...kinds);
  readonly isDeclaredLater: RuleContext["isDeclaredLater"] = (table) =>
    this.#input.isDeclaredLater(table);
  readonly rows: RuleContext["rows"] = (table) => this.#input.rows(table);
  readonly option: RuleContext["option"] = (name) => this.#input.option(name);

  readonly inTransaction = (): boolean => this.#transaction() !== undefined;
  readonly transactionKind: RuleContext["transactionKind"] = () => this.#transaction()?.kind;
  readonly earlierInTransaction = (): readonly Operation[] =>
    this.#operations.filter((_, index) => index < this.#cursor && this.#sharesTransaction(index));
  readonly laterInTransaction = (): readonly Operation[] =>
    this.#operations.filter((_, index) => index > this.#cursor && this.#sharesTransaction(index));

  #transaction(index = this.#cursor): Transaction | undefined {
    const statement = this.#statements[index];
    return statement === undefined ? undefined : this.#transactions[statement];
  }
  #sharesTransaction(index: number): boolean {
    const own = this.#transaction();
    // Without one a statement is a transaction of its own, however much it does.
    if (own === undefined) return this.#statements[index] === this.#statements[this.#cursor];
    return this.#transaction(index)?.id === own.id;
  }

  readonly isNewTable: RuleContext["isNewTable"] = (name) => {
    const table = this.table(name);
    if (table === undefined) return false;
    return table.isNew || table.persistence === "temporary" || this.#runsOnNewAlone;
  };
  readonly isEmptyTable: RuleContext["isEmptyTable"] = (name) => {
    const table = this.table(name);
    if (table === undefined) return false;
    return table.isEmpty || (this.#runsOnNewAlone && !table.isNew);
  };
  /**
   * Databases that ran what it stands for take it for done, and those that ran a part of that run the
   * rest of it: https://docs.djangoproject.com/en/5.2/topics/migrations/#migration-squashing
   */
  get #runsOnNewAlone(): boolean {
    return this.migration.replaces !== undefined;
  }
  readonly table: RuleContext["table"] = (name) => this.#input.schema.table(name);
  readonly column: RuleContext["column"] = (table, name) => this.#input.schema.column(table, name);
  readonly constraint: RuleContext["constraint"] = (table, name) =>
    this.#input.schema.constraint(table, name);
  readonly chosenName: RuleContext["chosenName"] = (operation) =>
    chosenName(operation, this.#input.schema);
  readonly index: RuleContext["index"] = (name) => this.#input.schema.index(name);
  readonly indexesOf: RuleContext["indexesOf"] = (table) => this.#input.schema.indexesOf(table);
  readonly partitionsOf: RuleContext["partitionsOf"] = (table) =>
    this.#input.schema.partitionsOf(table);
  readonly referencing: RuleContext["referencing"] = (table) =>
    this.#input.schema.referencing(table);
  readonly enumType: RuleContext["enumType"] = (type) => this.#input.schema.enumType(type);
  readonly domain: RuleContext["domain"] = (type) => this.#input.schema.domain(type);
  readonly view: RuleContext["view"] = (name) => this.#input.schema.view(name);
  readonly sequence: RuleContext["sequence"] = (name) =>
    this.#input.schema.sequences.find(name, this.#input.schema.path);
  readonly functionsOf: RuleContext["functionsOf"] = (name) =>
    this.#input.schema.functions.find(name, this.#input.schema.path)?.functions ?? [];
  readonly functionsReading: RuleContext["functionsReading"] = (relation) =>
    functionsReading(this.#input.schema, relation);
  readonly viewsOf: RuleContext["viewsOf"] = (table) => this.#input.schema.viewsOf(table);
  readonly publicationsOf: RuleContext["publicationsOf"] = (table) =>
    publicationsOf(this.#input.schema, table);
  readonly columnsOfType: RuleContext["columnsOfType"] = (type) =>
    this.#input.schema.columnsOfType(type);
  readonly provenNotNull: RuleContext["provenNotNull"] = (table, column) =>
    this.#input.schema.provenNotNull(table, column);
  readonly typeChange: RuleContext["typeChange"] = (operation) => {
    const column = this.column(operation.table, operation.column);
    const utc = /^utc$/i.test(this.setting("timezone") ?? "");
    return column && typeChange(column, operation, this.#input.schema, { utc });
  };
  readonly volatility: RuleContext["volatility"] = (expression) =>
    volatilityOf(expression, this.#input.schema);
  readonly locks: RuleContext["locks"] = (operation) => {
    const known = this.#locks.get(operation);
    if (known !== undefined) return known;
    const locks = locksOf(operation, this.#input.schema);
    this.#locks.set(operation, locks);
    return locks;
  };

  readonly setting = (name: string): string | undefined => {
    let value: string | undefined;
    for (let index = 0; index < Math.min(this.#cursor, this.#operations.length); index += 1) {
      const operation = this.#operations[index];
      if (operation?.kind !== "set-setting") continue;
      if (operation.setting !== name && operation.setting !== "all") continue;
      // SET LOCAL ends with its transaction; outside of one it does nothing but warn.
      if (operation.local && !this.#sharesTransaction(index)) continue;
      value = operation.value;
    }
    return value;
  };

  readonly atLeast = (major: number): boolean => {
    const { postgres } = this.#input;
    return Math.min(...(postgres.length === 0 ? [SUPPORTED_POSTGRES.oldest] : postgres)) >= major;
  };
  readonly mayBe = (major: number): boolean => {
    const { postgres } = this.#input;
    return Math.max(...(postgres.length === 0 ? [SUPPORTED_POSTGRES.newest] : postgres)) >= major;
  };
}
