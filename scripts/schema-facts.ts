import type { ObjectName } from "../src/core/name.ts";
import type { Overloads, Schema } from "../src/core/schema.ts";
import type { Column, Constraint, Index, Table } from "../src/core/schema-object.ts";
import type { TypeReference } from "../src/core/type-reference.ts";

/** What the replayed schema says, and patterns of facts that it cannot know. */
export interface SchemaFacts {
  readonly facts: readonly string[];
  readonly unknown: readonly RegExp[];
}

/** Tells a schema in the words of database-facts.ts. */
export function schemaFacts(schema: Schema): SchemaFacts {
  const unknown: RegExp[] = [];
  const facts = [
    ...[...schema.schemas].map((name) => `schema ${name}`),
    ...[...schema.extensions.keys()]
      .filter((name) => name !== "plpgsql")
      .map((name) => `extension ${name}`),
    ...schema.tables.all().flatMap((table) => tableFacts(table, unknown)),
    ...schema.indexes.all().map(indexFact),
    ...typeFacts(schema),
    ...schema.sequences.all().map(({ name, type, ownedBy }) => {
      const owner =
        ownedBy === undefined ? "" : ` owned by ${full(ownedBy.table)}.${ownedBy.column}`;
      return `sequence ${full(name)} ${WORDS[type] ?? type}${owner}`;
    }),
    ...schema.views.all().flatMap(({ name, materialized, columns }) => {
      if (columns === undefined) unknown.push(new RegExp(`^columns ${escaped(full(name))} `));
      const list = columns === undefined ? [] : [`columns ${full(name)} ${columns.join(",")}`];
      return [`view ${full(name)}${materialized ? " materialized" : ""}`, ...list];
    }),
    ...schema.functions.all().flatMap((overloads) => functionFacts(overloads, unknown)),
    ...[...schema.publications].map(([name, { allTables, schemas, sendsChanges }]) => {
      const what = allTables ? " all" : "";
      return `publication ${name}${what}${sendsChanges ? " changes" : ""} ${sorted(schemas)}`;
    }),
  ];
  return { facts, unknown };
}

function functionFacts({ name, functions }: Overloads, unknown: RegExp[]): string[] {
  const volatilities = new Set(functions.map(({ volatility }) => volatility));
  // A function in SQL may turn out to be less volatile than it says, which the replay tells.
  if (volatilities.has("unknown")) unknown.push(new RegExp(`^volatility ${escaped(full(name))} `));
  return [
    `volatility ${full(name)} ${[...volatilities].toSorted().join(",")}`,
    ...functions.map(({ parameters, procedure }) => {
      const signature = parameters.map((type) => typeText({ ...type, modifiers: [] })).join(",");
      return `function ${full(name)}(${signature})${procedure ? " procedure" : ""}`;
    }),
  ];
}

function tableFacts(table: Table, unknown: RegExp[]): string[] {
  const name = full(table.name);
  const { persistence, partitionOf, inherits } = table;
  const words = [
    persistence === "permanent" ? "" : ` ${persistence}`,
    table.partitionBy === undefined ? "" : " partitioned",
    table.rowSecurity ? " row-security" : "",
    partitionOf === undefined ? "" : ` partition of ${full(partitionOf)}`,
    inherits.length === 0 ? "" : ` inherits ${inherits.map(full).join(",")}`,
  ];
  if (table.columns.length === 0) unknown.push(new RegExp(`^columns? ${escaped(name)}[. ]`));
  for (const column of table.columns) {
    if (column.type.name !== "unknown") continue;
    unknown.push(new RegExp(`^column ${escaped(`${name}.${column.name}`)} `));
  }
  return [
    `table ${name}${words.join("")}`,
    `columns ${name} ${table.columns.map((column) => column.name).join(",")}`,
    ...table.columns.map((column) => columnFact(name, column, table)),
    ...table.constraints.flatMap((constraint) => constraintFact(name, constraint)),
    ...table.triggers.map(
      (trigger) =>
        `trigger ${name} ${trigger.name} ${trigger.function.name} ${sorted(trigger.columns)}`,
    ),
    ...table.policies.map(
      (policy) => `policy ${name} ${policy.name} ${sorted([...policy.using, ...policy.check])}`,
    ),
    ...table.published.map(
      ({ publication, columns }) => `published ${name} ${publication} ${sorted(columns)}`,
    ),
  ];
}

function sorted(columns: readonly string[]): string {
  return [...new Set(columns)].toSorted().join(",");
}

function columnFact(table: string, column: Column, { constraints }: Table): string {
  const unproven = constraints.some(
    ({ definition, validated }) =>
      definition.kind === "not-null" && definition.column === column.name && !validated,
  );
  const words = [
    typeText(column.type),
    column.notNull ? (unproven ? "not-null-unproven" : "not-null") : "",
    column.generated === undefined ? "" : `generated ${column.generated === "stored" ? "s" : "v"}`,
    column.default === undefined ? "" : "default",
    column.identity === undefined ? "" : `identity ${column.identity === "always" ? "a" : "d"}`,
  ];
  return `column ${table}.${column.name} ${words.filter(Boolean).join(" ")}`;
}

const CONSTRAINT_KINDS = {
  check: "c",
  "foreign-key": "f",
  "primary-key": "p",
  unique: "u",
  exclude: "x",
};

function constraintFact(
  table: string,
  { name, definition, columns, validated }: Constraint,
): string[] {
  if (definition.kind === "not-null") return [];
  const references =
    definition.kind === "foreign-key"
      ? ` references ${full(definition.references)}(${definition.referencedColumns.toSorted().join(",")})`
      : "";
  const kind = CONSTRAINT_KINDS[definition.kind];
  const valid = validated ? "" : " not-valid";
  return [
    `constraint ${table} ${name} ${kind} (${columns.toSorted().join(",")})${valid}${references}`,
  ];
}

function indexFact(index: Index): string {
  const words = [
    index.unique ? " unique" : "",
    index.valid ? "" : " invalid",
    index.partial ? " partial" : "",
    ` (${index.columns.map((column) => column ?? "<expression>").join(",")})`,
    ` (${index.include.join(",")})`,
    index.constraint === undefined ? "" : ` constraint ${index.constraint}`,
    index.parent === undefined ? "" : ` of ${full(index.parent)}`,
  ];
  return `index ${full(index.name)} on ${full(index.table)} ${index.method}${words.join("")}`;
}

function typeFacts(schema: Schema): string[] {
  return [
    ...schema.enums.all().map(({ name, values }) => `enum ${full(name)} ${values.join(",")}`),
    ...schema.domains.all().map(({ name, baseType, notNull, hasDefault, constraints }) => {
      const checks = constraints
        .map((constraint) => ` ${constraint.name}${constraint.validated ? "" : " not-valid"}`)
        .toSorted();
      const words = [notNull ? " not-null" : "", hasDefault ? " default" : "", ...checks];
      return `domain ${full(name)} ${typeText(baseType)}${words.join("")}`;
    }),
    ...schema.otherTypes.all().map(({ name, form, attributes = [] }) => {
      const list = attributes.map((attribute) => `${attribute.name} ${typeText(attribute.type)}`);
      return `type ${full(name)} ${form}${form === "composite" ? ` ${list.join(",")}` : ""}`;
    }),
  ];
}

/** PostgreSQL's words for the types whose internal name differs. */
const WORDS: Readonly<Record<string, string>> = {
  int2: "smallint",
  int4: "integer",
  int8: "bigint",
  float4: "real",
  float8: "double precision",
  bool: "boolean",
  varchar: "character varying",
  varbit: "bit varying",
  char: '"char"',
};

const ZONES: Readonly<Record<string, readonly [string, string]>> = {
  time: ["time", "without time zone"],
  timetz: ["time", "with time zone"],
  timestamp: ["timestamp", "without time zone"],
  timestamptz: ["timestamp", "with time zone"],
};

/** What the grammar puts before the precision of an interval without fields. */
const EVERY_FIELD = 0x7fff;

/** A type as format_type writes it. */
function typeText({ schema, name, modifiers, arrayDimensions }: TypeReference): string {
  const [base, zone] = ZONES[name] ?? [WORDS[name] ?? name];
  const fixed = base === "bpchar" && modifiers.length > 0 ? "character" : base;
  // numeric(10) is stored as numeric(10,0).
  const list =
    name === "numeric" && modifiers.length === 1
      ? [...modifiers, 0]
      : modifiers.filter((modifier) => modifier !== EVERY_FIELD);
  const length = list.length === 0 ? "" : `(${list.join(",")})`;
  const words = `${fixed}${length}${zone === undefined ? "" : ` ${zone}`}`;
  return `${schema === undefined ? "" : `${schema}.`}${words}${arrayDimensions > 0 ? "[]" : ""}`;
}

function full({ schema = "public", name }: ObjectName): string {
  return `${schema}.${name}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
