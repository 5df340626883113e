/** A field of a model that is a column of its table. */
export interface PrismaField {
  readonly name: string;
  /** What `@map` says, else the field's name. */
  readonly column: string;
  /** `String`, `Int`, or the name of an enum. */
  readonly type: string;
  /** `@db.Uuid` gives `Uuid`. */
  readonly nativeType?: string;
  readonly optional: boolean;
  readonly list: boolean;
  readonly isId: boolean;
  /** The database fills it: `@default(autoincrement())`, `dbgenerated()`, a constant. */
  readonly hasDefault: boolean;
}

/** A model or a view of a Prisma schema that stands for a table. */
export interface PrismaModel {
  readonly kind: "model" | "view";
  readonly name: string;
  /** What `@@map` says, else the model's name. */
  readonly table: string;
  /** What `@@schema` says. */
  readonly schema?: string;
  /** 1-based. */
  readonly line: number;
  readonly fields: readonly PrismaField[];
  /** Columns of the key, from `@id` and `@@id`. */
  readonly key: readonly string[];
  /** Columns by which relations are loaded: each list is the foreign key of one. */
  readonly relations: readonly (readonly string[])[];
}

export interface PrismaSchema {
  readonly models: readonly PrismaModel[];
  /** The first value of each enum, by its name. */
  readonly enums: ReadonlyMap<string, string>;
}

const SCALARS = new Set([
  "String",
  "Boolean",
  "Int",
  "BigInt",
  "Float",
  "Decimal",
  "DateTime",
  "Json",
  "Bytes",
]);

const BLOCK = /^[ \t]*(model|view|enum)[ \t]+(\w+)[ \t]*\{/;
const FIELD = /^[ \t]*(\w+)[ \t]+(\w+|Unsupported\("[^"]*"\))(\[\])?(\?)?(.*)$/;

interface Block {
  readonly kind: "model" | "view" | "enum";
  readonly name: string;
  readonly line: number;
  readonly lines: readonly string[];
}

/**
 * Reads the models and enums of Prisma schema files, as far as queries need them
 * (https://www.prisma.io/docs/orm/reference/prisma-schema-reference). Models and fields with
 * `@@ignore` or `@ignore` are left out: no client has them. Never throws.
 */
export function readPrismaSchema(
  text: string,
  otherEnums: ReadonlyMap<string, string> = new Map(),
): PrismaSchema {
  const blocks = blocksOf(text);
  const own = new Map(
    blocks
      .filter(({ kind }) => kind === "enum")
      .flatMap(({ name, lines }) => {
        const first = lines.find((line) => /^[ \t]*\w/.test(line));
        return first === undefined
          ? []
          : [[name, mapped(first) ?? /\w+/.exec(first)?.[0] ?? ""] as const];
      }),
  );
  const enums = new Map([...otherEnums, ...own]);
  const models = blocks
    .filter(
      ({ kind, lines }) => kind !== "enum" && !lines.some((line) => /^[ \t]*@@ignore\b/.test(line)),
    )
    .map((block) => modelOf(block, enums));
  return { models, enums };
}

function blocksOf(text: string): Block[] {
  const blocks: (Block & { lines: string[] })[] = [];
  let open: string[] | undefined;
  text.split(/\r\n|[\n\r]/).forEach((raw, index) => {
    const line = raw.replace(/^((?:[^"/]|"(?:[^"\\]|\\.)*"|\/(?!\/))*)\/\/.*$/, "$1");
    const [, kind, name] = BLOCK.exec(line) ?? [];
    if (name !== undefined) {
      open = [];
      blocks.push({ kind: kind as Block["kind"], name, line: index + 1, lines: open });
    } else if (/^[ \t]*\}/.test(line)) open = undefined;
    else open?.push(line);
  });
  return blocks;
}

function modelOf(block: Block, enums: ReadonlyMap<string, string>): PrismaModel {
  const fields = block.lines.flatMap((line) => fieldOf(line, enums) ?? []);
  const columns = new Map(fields.map(({ name, column }) => [name, column]));
  const columnsOf = (list: string): string[] =>
    list.split(",").flatMap((name) => columns.get(name.replace(/\(.*$/, "").trim()) ?? []);
  const schema = /^[ \t]*@@schema\("([^"]+)"\)/m.exec(block.lines.join("\n"))?.[1];
  const compound = /^[ \t]*@@id\((?:fields:[ \t]*)?\[([^\]]*)\]/m.exec(block.lines.join("\n"))?.[1];
  return {
    kind: block.kind === "view" ? "view" : "model",
    name: block.name,
    table:
      /^[ \t]*@@map\((?:name:[ \t]*)?"([^"]+)"/m.exec(block.lines.join("\n"))?.[1] ?? block.name,
    ...(schema === undefined ? {} : { schema }),
    line: block.line,
    fields,
    key:
      compound === undefined
        ? fields.filter(({ isId }) => isId).map(({ column }) => column)
        : columnsOf(compound),
    relations: block.lines.flatMap((line) => {
      const list = /@relation\([^)]*fields:[ \t]*\[([^\]]*)\]/.exec(line)?.[1];
      return list === undefined ? [] : [columnsOf(list)];
    }),
  };
}

function fieldOf(line: string, enums: ReadonlyMap<string, string>): PrismaField | undefined {
  const [, name = "", type = "", list, optional, rest = ""] = FIELD.exec(line) ?? [];
  if (!isColumn(type, enums) || /(?:^|\s)@ignore\b/.test(rest)) return undefined;
  const nativeType = /@db\.(\w+)/.exec(rest)?.[1];
  const value = /@default\(((?:[^()]|\([^()]*\))*)\)/.exec(rest)?.[1];
  return {
    name,
    column: mapped(rest) ?? name,
    type,
    ...(nativeType === undefined ? {} : { nativeType }),
    optional: optional !== undefined,
    list: list !== undefined,
    isId: /(?:^|\s)@id\b/.test(rest),
    hasDefault: value !== undefined && !isClients(value),
  };
}

/** A client does not read what Prisma does not know, and a model as type is a relation. */
function isColumn(type: string, enums: ReadonlyMap<string, string>): boolean {
  return SCALARS.has(type) || enums.has(type);
}

/** The client makes these values itself and sends them. */
function isClients(value: string): boolean {
  return /^(?:cuid|uuid|nanoid|ulid|now)\(/.test(value.trim());
}

function mapped(text: string): string | undefined {
  return /(?:^|\s)@map\((?:name:[ \t]*)?"([^"]+)"/.exec(text)?.[1];
}
