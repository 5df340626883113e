import type { ReleaseQuery } from "../core/release-query.ts";
import type { PrismaField, PrismaModel, PrismaSchema } from "./prisma-schema.ts";

/**
 * The statements that Prisma's client sends for the models of a schema: it names every column, in
 * reads and behind RETURNING, so that one that is gone breaks them
 * (https://www.prisma.io/docs/orm/prisma-client/queries/crud).
 */
export function prismaQueries(schema: PrismaSchema, path: string): ReleaseQuery[] {
  return schema.models
    .filter(({ fields }) => fields.length > 0)
    .flatMap((model) => queriesOf(model, schema, path));
}

function queriesOf(model: PrismaModel, { enums }: PrismaSchema, path: string): ReleaseQuery[] {
  const statements = new ModelStatements(model);
  const one = (name: string, sql: string): ReleaseQuery => ({
    name: `${model.name}.${name}`,
    path,
    line: model.line,
    sql,
  });
  const hasKey = model.key.length > 0;
  const reads = [
    one("findMany", statements.select("1=1")),
    ...(hasKey ? [one("findUnique", statements.select(`${statements.byKey(1)} LIMIT 1`))] : []),
    ...model.relations
      .filter((columns) => columns.length > 0)
      .map((columns) =>
        one(`findMany by ${columns.join(", ")}`, statements.select(statements.by(columns))),
      ),
  ];
  if (model.kind === "view") return reads;
  const required = model.fields.filter(isRequired);
  const values = required.map((field) => sampleOf(field, enums));
  return [
    ...reads,
    { ...one("create", statements.insert(required)), values },
    one("create with every field", statements.insert(model.fields)),
    ...(hasKey ? [one("update", statements.update()), one("delete", statements.delete())] : []),
  ];
}

function isRequired({ optional, list, hasDefault }: PrismaField): boolean {
  return !optional && !list && !hasDefault;
}

/** The statements for one model. */
class ModelStatements {
  readonly #model: PrismaModel;
  readonly #table: string;
  /** Every column, as a select list. */
  readonly #columns: string;

  constructor(model: PrismaModel) {
    this.#model = model;
    this.#table = `${quote(model.schema ?? "public")}.${quote(model.table)}`;
    this.#columns = model.fields.map(({ column }) => this.#column(column)).join(", ");
  }

  select(where: string): string {
    return `SELECT ${this.#columns} FROM ${this.#table} WHERE ${where}`;
  }

  insert(fields: readonly PrismaField[]): string {
    const names = fields.map(({ column }) => quote(column)).join(", ");
    const parameters = fields.map((_, index) => `$${index + 1}`).join(", ");
    const what = fields.length === 0 ? "DEFAULT VALUES" : `(${names}) VALUES (${parameters})`;
    return `INSERT INTO ${this.#table} ${what} RETURNING ${this.#columns}`;
  }

  update(): string {
    const { fields } = this.#model;
    const list = fields.map(({ column }, at) => `${quote(column)} = $${at + 1}`).join(", ");
    const where = this.byKey(fields.length + 1);
    return `UPDATE ${this.#table} SET ${list} WHERE ${where} RETURNING ${this.#columns}`;
  }

  delete(): string {
    return `DELETE FROM ${this.#table} WHERE ${this.byKey(1)} RETURNING ${this.#columns}`;
  }

  /** The condition on the key, its parameters numbered from `first`. */
  byKey(first: number): string {
    const { key } = this.#model;
    return key.map((column, at) => `${this.#column(column)} = $${first + at}`).join(" AND ");
  }

  by(columns: readonly string[]): string {
    return columns.map((column, at) => `${this.#column(column)} IN ($${at + 1})`).join(" AND ");
  }

  #column(column: string): string {
    return `${this.#table}.${quote(column)}`;
  }
}

const SAMPLES: Readonly<Record<string, string>> = {
  String: "'x'",
  Boolean: "true",
  Int: "1",
  BigInt: "1",
  Float: "1.5",
  Decimal: "1",
  DateTime: "'2026-01-01T00:00:00Z'",
  Json: "'{}'",
  Bytes: String.raw`'\x00'`,
};

const NATIVE_SAMPLES: Readonly<Record<string, string>> = {
  Uuid: "'00000000-0000-4000-8000-000000000001'",
  Inet: "'127.0.0.1'",
  Bit: "'1'",
  Xml: "'<a/>'",
};

/** An SQL literal that a field's column takes. */
function sampleOf({ type, nativeType }: PrismaField, enums: ReadonlyMap<string, string>): string {
  const value = enums.get(type);
  if (value !== undefined) return `'${value.replaceAll("'", "''")}'`;
  return NATIVE_SAMPLES[nativeType ?? ""] ?? SAMPLES[type] ?? "NULL";
}

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
