import type { Expression, Volatility } from "./expression.ts";
import type { Confidence, Severity } from "./finding.ts";
import type { FixProposal } from "./fix.ts";
import type { LockClaim } from "./lock.ts";
import type {
  Change,
  Direction,
  DownAbsence,
  Framework,
  Migration,
  ProjectFault,
} from "./migration.ts";
import type { ObjectName } from "./name.ts";
import type { Operation, OperationKind, OperationOf } from "./operation.ts";
import type { AddConstraint } from "./operations/table.ts";
import type { AlterColumnType } from "./operations/column.ts";
import type {
  Column,
  Constraint,
  DomainType,
  EnumType,
  FunctionObject,
  Index,
  Sequence,
  Table,
  View,
} from "./schema-object.ts";
import type { Span } from "./span.ts";
import type { Comment, Unparsed } from "./statement.ts";
import type { RemovedName } from "./uses.ts";
import type { TypeChange } from "./type-change.ts";

export interface ReportOptions {
  readonly table?: ObjectName;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  /** What would mend it; asked for where fixes are offered, and reported only where it is proven to. */
  readonly fix?: () => FixProposal | undefined;
  /** What running code can no longer name: places that still do are shown with the finding. */
  readonly removes?: RemovedName;
}

/** An operation, a statement or a span of this script; or a place in the file that it was compiled from. */
export type ReportPlace = { readonly span: Span } | Span | { readonly written: Span };

/** The operations of other migrations: all of them, or those of some kinds, which is quick however many there are. */
export type OperationsElsewhere = <Kind extends OperationKind = OperationKind>(
  ...kinds: readonly Kind[]
) => readonly OperationOf<Kind>[];

/**
 * What a rule may ask while it looks at an operation. Every answer about the schema is about the
 * moment before the operation; in the `migration` check, about the moment after the last one.
 * Functions are properties, so that a rule may take them out of the context.
 */
export interface RuleContext {
  /** Says something about the statement or clause at `at`. */
  readonly report: (at: ReportPlace, message: string, options?: ReportOptions) => void;

  readonly framework: Framework;
  readonly direction: Direction;
  readonly migration: Migration;
  readonly change: Change;
  /** The author's text of the script. */
  readonly text: string;
  /** The author's text of a statement or clause of this script. */
  readonly textOf: (at: { readonly span: Span }) => string;
  /** The statement of this operation, from its first token to its last, without the semicolon. */
  readonly statement: () => Span;
  /** Every operation of this script, in order, those inside DO blocks included. */
  readonly operations: readonly Operation[];
  /** The operations of this script that ran before this one in the same transaction; in autocommit those of the same statement. */
  readonly earlierInTransaction: () => readonly Operation[];
  /** The operations of this script after this one that run before its transaction ends. */
  readonly laterInTransaction: () => readonly Operation[];
  /** Whether the statement runs inside a transaction: the runner's, an explicit one, or the implicit one of a multi-statement query string. */
  readonly inTransaction: () => boolean;
  /** Why: `runner`, `explicit` (BEGIN in the file), `implicit` (several statements in one query string). */
  readonly transactionKind: () => "runner" | "explicit" | "implicit" | undefined;
  /** The configuration names the rule, or asks for the opt-in ones. */
  readonly isAskedFor: () => boolean;
  /** Whether another rule looks at this script: what it tells need not be told twice. */
  readonly isOn: (rule: string) => boolean;
  /** How many migrations came before this one, and how many of them have a down script. */
  readonly history: () => { readonly migrations: number; readonly downs: number };
  /** Whether an earlier migration sets a setting of the session; undefined for the first of a history. */
  readonly historySets: (setting: string) => boolean | undefined;
  /** Operations of earlier up scripts of the same pull request, in order; those of some kinds one kind after the other. */
  readonly earlierMigrations: OperationsElsewhere;
  /** Operations of later scripts of the same pull request, in the same order. */
  readonly laterMigrations: OperationsElsewhere;
  /** Whether a later migration of the same pull request states the columns of a table anew, apart from the database. */
  readonly isDeclaredLater: (table: string) => boolean;
  /** The operations of the migration's other half, or why it has none. In a down script: those of up. */
  readonly otherHalf: () => readonly Operation[] | DownAbsence;
  /** The line of the file on which something of this script is written, 1-based. */
  readonly line: (at: { readonly span: Span }) => number;
  /** The comments of this script, in order. */
  readonly comments: readonly Comment[];
  /** What this script holds that the grammar did not accept. */
  readonly unparsed: readonly Unparsed[];
  /** What is wrong with the migration's files, found before any SQL was read. */
  readonly faults: readonly ProjectFault[];
  /** It was edited in ways that no database and no code sees. */
  readonly isSameAsBase: boolean;
  /** Migrations that the base branch has and that the runner orders after this one. */
  readonly laterOnBase: readonly Migration[];

  /** Nobody else uses the table yet: it was created by the migrations under review, it is temporary, or the migration runs on new databases alone (Django's squashed ones). */
  readonly isNewTable: (table: ObjectName) => boolean;
  /** New, and nothing of the migrations under review was inserted since. */
  readonly isEmptyTable: (table: ObjectName) => boolean;
  readonly tables: () => readonly Table[];
  readonly table: (table: ObjectName) => Table | undefined;
  readonly column: (table: ObjectName, column: string) => Column | undefined;
  readonly constraint: (table: ObjectName, constraint: string) => Constraint | undefined;
  /** The name that a constraint gets: its own, or the one that PostgreSQL chooses; undefined where the table is not known. */
  readonly chosenName: (operation: AddConstraint) => string | undefined;
  readonly index: (index: ObjectName) => Index | undefined;
  /** Indexes of a table, those of constraints included. */
  readonly indexesOf: (table: ObjectName) => readonly Index[];
  readonly partitionsOf: (table: ObjectName) => readonly Table[];
  /** Foreign keys of other tables that reference this one. */
  readonly referencing: (
    table: ObjectName,
  ) => readonly { readonly table: Table; readonly constraint: Constraint }[];
  readonly enumType: (type: ObjectName) => EnumType | undefined;
  readonly domain: (type: ObjectName) => DomainType | undefined;
  readonly view: (view: ObjectName) => View | undefined;
  readonly sequence: (sequence: ObjectName) => Sequence | undefined;
  /** Every function and procedure of a name. */
  readonly functionsOf: (name: ObjectName) => readonly FunctionObject[];
  /** Functions that name a table or view in a body which PostgreSQL reads at each call. */
  readonly functionsReading: (relation: ObjectName) => readonly FunctionObject[];
  /** Views that read a table. */
  readonly viewsOf: (table: ObjectName) => readonly View[];
  /** Names of the publications that send UPDATE or DELETE of a table. */
  readonly publicationsOf: (table: ObjectName) => readonly string[];
  /** Columns, of any table, that have this type. */
  readonly columnsOfType: (
    type: ObjectName,
  ) => readonly { readonly table: Table; readonly column: Column }[];
  /** A validated CHECK, or a NOT NULL of the column, proves that it holds no NULL. */
  readonly provenNotNull: (table: ObjectName, column: string) => boolean;
  /** What ALTER COLUMN TYPE does to the rows, in the session's time zone where the script sets it; undefined where the column's old type is not known. */
  readonly typeChange: (operation: AlterColumnType) => TypeChange | undefined;
  /** How far the value of an expression can change from row to row. */
  readonly volatility: (expression: Expression) => Volatility;
  /** Rows of a table, where the configuration's statistics tell. */
  readonly rows: (table: ObjectName) => number | undefined;

  /** The locks, scans and rewrites that an operation causes, from the one lock table. */
  readonly locks: (operation: Operation) => readonly LockClaim[];
  /** A setting of the session that this script left in effect, as written; undefined when it set none. The name in lower case. */
  readonly setting: (name: string) => string | undefined;

  /** Every PostgreSQL version in use is at least this major; false where one is unknown and older ones are supported. */
  readonly atLeast: (major: number) => boolean;
  /** Some PostgreSQL version in use may be this major or later. */
  readonly mayBe: (major: number) => boolean;
  /** The value of one of the rule's options. */
  readonly option: (name: string) => number | string;
}
