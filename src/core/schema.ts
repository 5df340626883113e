import { DEFAULT_SCHEMA, nameKey, type ObjectName } from "./name.ts";
import { ObjectMap, sameName } from "./object-map.ts";
import {
  DOMAIN_GROUPINGS,
  INDEX_GROUPINGS,
  SEQUENCE_GROUPINGS,
  TABLE_GROUPINGS,
  VIEW_GROUPINGS,
} from "./schema-groups.ts";
import type {
  Column,
  Constraint,
  DomainType,
  EnumType,
  FunctionObject,
  Index,
  OtherType,
  Publication,
  Sequence,
  Table,
  View,
} from "./schema-object.ts";

/** Every function of one name. */
export interface Overloads {
  readonly name: ObjectName;
  readonly functions: readonly FunctionObject[];
}

/** The schema in which PostgreSQL keeps a session's temporary objects. */
export const TEMPORARY_SCHEMA = "pg_temp";

const DEFAULT_PATH: readonly string[] = [DEFAULT_SCHEMA];

/**
 * The catalog at one point of the history. The replay writes to it; rules ask it. Objects in it are
 * values with full names. A name that a statement leaves to the search path is looked for in the
 * session's temporary schema and then along the path that the script has set, `public` at first.
 */
export class Schema {
  tables = new ObjectMap(TABLE_GROUPINGS);
  indexes = new ObjectMap(INDEX_GROUPINGS);
  sequences = new ObjectMap(SEQUENCE_GROUPINGS);
  views = new ObjectMap(VIEW_GROUPINGS);
  enums = new ObjectMap<EnumType>({});
  domains = new ObjectMap(DOMAIN_GROUPINGS);
  otherTypes = new ObjectMap<OtherType>({});
  functions = new ObjectMap<Overloads>({});
  /** The schemas that the migrations made, `public` included. */
  schemas: ReadonlySet<string> = new Set([DEFAULT_SCHEMA]);
  /** Extensions by name, with the schema that they were put into. */
  extensions: ReadonlyMap<string, string> = new Map();
  publications: ReadonlyMap<string, Publication> = new Map();
  /** Names of triggers and policies that code which runs in the database may have made; `%`: any. */
  madeUnseen: ReadonlySet<string> = new Set();
  /** The session's time zone is UTC, as the script has set it. */
  inUtc = false;
  #searchPath = DEFAULT_PATH;
  #localSearchPath: readonly string[] | undefined;
  /** The script has made something temporary. */
  #hasTemporary = false;
  /** What ROLLBACK goes back to (no savepoint), and after it the savepoints. */
  #saved: { readonly savepoint?: string; readonly state: Schema }[] = [];

  /** A schema that can be changed without changing this one. Cheap: objects are shared. */
  copy(): Schema {
    const copy = new Schema();
    copy.#take(this);
    copy.#localSearchPath = this.#localSearchPath;
    copy.#hasTemporary = this.#hasTemporary;
    copy.#saved = [...this.#saved];
    return copy;
  }

  /** A new script runs in a session of its own: settings, temporary objects and an open transaction are gone. */
  beginScript(): void {
    this.inUtc = false;
    this.#searchPath = DEFAULT_PATH;
    this.#localSearchPath = undefined;
    this.#saved = [];
    if (!this.#hasTemporary) return;
    this.#hasTemporary = false;
    for (const objects of [this.tables, this.indexes, this.sequences, this.views]) {
      for (const { name } of objects.all()) {
        if (name.schema === TEMPORARY_SCHEMA) objects.delete(name);
      }
    }
  }

  /** BEGIN; a second one in a transaction only warns. */
  begin(): void {
    if (this.#saved.length === 0) this.#saved.push({ state: this.#state() });
  }
  commit(): void {
    this.#saved = [];
    this.#localSearchPath = undefined;
  }
  /** ROLLBACK of a transaction that the script began; of the runner's, whose beginning is not known, it is ignored. */
  rollback(): void {
    const [begin] = this.#saved;
    if (begin !== undefined && begin.savepoint === undefined) this.#take(begin.state);
    this.commit();
  }
  savepoint(name: string): void {
    this.#saved.push({ savepoint: name, state: this.#state() });
  }
  /** ROLLBACK TO SAVEPOINT: the latest of that name, which stays. */
  rollbackTo(name: string): void {
    const index = this.#saved.findLastIndex(({ savepoint }) => savepoint === name);
    const saved = this.#saved[index];
    if (saved === undefined) return;
    this.#take(saved.state);
    this.#saved = this.#saved.slice(0, index + 1);
  }

  #state(): Schema {
    const state = new Schema();
    state.#take(this);
    return state;
  }
  #take(other: Schema): void {
    this.tables = other.tables.copy();
    this.indexes = other.indexes.copy();
    this.sequences = other.sequences.copy();
    this.views = other.views.copy();
    this.enums = other.enums.copy();
    this.domains = other.domains.copy();
    this.otherTypes = other.otherTypes.copy();
    this.functions = other.functions.copy();
    this.schemas = other.schemas;
    this.extensions = other.extensions;
    this.publications = other.publications;
    this.madeUnseen = other.madeUnseen;
    this.#searchPath = other.#searchPath;
    this.inUtc = other.inUtc;
  }

  /** Where an unqualified name is looked for, in order. */
  get path(): readonly string[] {
    const path = this.#localSearchPath ?? this.#searchPath;
    if (!this.#hasTemporary || path.includes(TEMPORARY_SCHEMA)) return path;
    return [TEMPORARY_SCHEMA, ...path];
  }
  /** SET search_path. Undefined: back to `public`. */
  setSearchPath(path: readonly string[] | undefined, local: boolean): void {
    const complete = (path ?? DEFAULT_PATH).filter((schema) => schema !== "$user");
    if (local) this.#localSearchPath = complete;
    else this.#searchPath = complete;
  }
  /** The full name of an object that is to be made. */
  target(name: ObjectName, temporary = false): Required<ObjectName> {
    if (temporary || name.schema === TEMPORARY_SCHEMA) {
      this.#hasTemporary = true;
      return { schema: TEMPORARY_SCHEMA, name: name.name };
    }
    if (name.schema !== undefined) return { schema: name.schema, name: name.name };
    const path = this.#localSearchPath ?? this.#searchPath;
    const schema = path.find((candidate) => candidate !== TEMPORARY_SCHEMA) ?? DEFAULT_SCHEMA;
    return { schema, name: name.name };
  }
  /** The full name of the table, view, sequence or index that a name stands for; where none is known, of one that would be made. */
  relationName(name: ObjectName): ObjectName {
    const { path } = this;
    const relation =
      this.tables.find(name, path) ??
      this.views.find(name, path) ??
      this.sequences.find(name, path) ??
      this.indexes.find(name, path);
    return relation?.name ?? this.target(name);
  }
  /** Tables, views, sequences, indexes and composite types share their names. */
  hasRelation(name: ObjectName): boolean {
    return (
      this.tables.get(name) !== undefined ||
      this.indexes.get(name) !== undefined ||
      this.views.get(name) !== undefined ||
      this.sequences.get(name) !== undefined ||
      this.otherTypes.get(name)?.form === "composite"
    );
  }

  table(name: ObjectName): Table | undefined {
    return this.tables.find(name, this.path);
  }
  column(table: ObjectName, name: string): Column | undefined {
    return this.table(table)?.columns.find((column) => column.name === name);
  }
  constraint(table: ObjectName, name: string): Constraint | undefined {
    return this.table(table)?.constraints.find((constraint) => constraint.name === name);
  }
  index(name: ObjectName): Index | undefined {
    return this.indexes.find(name, this.path);
  }
  /** Indexes of a table or materialized view, those of constraints included. */
  indexesOf(table: ObjectName): readonly Index[] {
    const name = this.relationName(table);
    return this.indexes.group("table", nameKey(name));
  }
  /** Partitions of a table, not theirs. */
  partitionsOf(table: ObjectName): readonly Table[] {
    return this.tables.group("partitionOf", nameKey(this.relationName(table)));
  }
  /** Partitions and tables that inherit from a table, not theirs. */
  childrenOf(table: ObjectName): readonly Table[] {
    const key = nameKey(table);
    return [...this.tables.group("partitionOf", key), ...this.tables.group("inherits", key)];
  }
  /** Foreign keys of other tables that reference this one. */
  referencing(
    table: ObjectName,
  ): readonly { readonly table: Table; readonly constraint: Constraint }[] {
    const name = this.relationName(table);
    const found: { table: Table; constraint: Constraint }[] = [];
    for (const other of this.tables.group("references", nameKey(name))) {
      if (sameName(other.name, name)) continue;
      for (const constraint of other.constraints) {
        const { definition } = constraint;
        if (definition.kind === "foreign-key" && sameName(definition.references, name)) {
          found.push({ table: other, constraint });
        }
      }
    }
    return found;
  }
  /** Whether a table or domain of a schema has a constraint of this name. */
  hasConstraint(schema: string, name: string): boolean {
    const owners = [
      ...this.tables.group("constraints", name),
      ...this.domains.group("constraints", name),
    ];
    return owners.some((owner) => owner.name.schema === schema);
  }
  enumType(type: ObjectName): EnumType | undefined {
    return this.enums.find(type, this.path);
  }
  domain(type: ObjectName): DomainType | undefined {
    return this.domains.find(type, this.path);
  }
  view(name: ObjectName): View | undefined {
    return this.views.find(name, this.path);
  }
  /** Views that read a table or view themselves, not through another view. */
  viewsOf(table: ObjectName): readonly View[] {
    const name = this.relationName(table);
    return this.views.group("reads", nameKey(name));
  }
  /** The sequence of a serial or identity column. */
  sequencesOf(table: ObjectName): readonly Sequence[] {
    return this.sequences.group("table", nameKey(table));
  }
  /** Columns, of any table, that have this type or an array of it. */
  columnsOfType(type: ObjectName): readonly { readonly table: Table; readonly column: Column }[] {
    const name = this.typeName(type) ?? this.target(type);
    const found: { table: Table; column: Column }[] = [];
    for (const table of this.tables.group("types", nameKey(name))) {
      for (const column of table.columns) {
        if (column.type.schema === undefined) continue;
        if (sameName(column.type, name)) found.push({ table, column });
      }
    }
    return found;
  }
  /** The full name of a type that the migrations made; a table's row type is one. */
  typeName(type: ObjectName): ObjectName | undefined {
    const { path } = this;
    return (
      this.enums.find(type, path) ??
      this.domains.find(type, path) ??
      this.otherTypes.find(type, path) ??
      this.tables.find(type, path) ??
      this.views.find(type, path)
    )?.name;
  }

  /** A validated CHECK, or a NOT NULL of the column that holds for its rows, proves that it holds no NULL. */
  provenNotNull(table: ObjectName, column: string): boolean {
    const owner = this.table(table);
    const unproven = owner?.constraints.some(
      ({ definition, validated }) =>
        definition.kind === "not-null" && definition.column === column && !validated,
    );
    if (owner === undefined || unproven === true) return false;
    if (owner.columns.find(({ name }) => name === column)?.notNull === true) return true;
    return owner.constraints.some(
      ({ definition, validated }) =>
        validated &&
        definition.kind === "check" &&
        definition.expression.provesNotNull.includes(column),
    );
  }
}
