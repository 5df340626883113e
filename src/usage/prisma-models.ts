/** A model of a Prisma schema, and the lines of its fields. */
export interface PrismaModel {
  /** Of the table: what `@@map` says, else the model's own. */
  readonly table: string;
  /** 1-based. */
  readonly line: number;
  /** By the column's name: what `@map` says, else the field's own. */
  readonly columns: ReadonlyMap<string, number>;
}

const HEAD = /^\s*model\s+(\w+)\s*\{/;
const FIELD = /^\s*(\w+)\s+[A-Z]\w*/;

/** The models of a schema (https://www.prisma.io/docs/orm/prisma-schema/data-model/models). Never throws. */
export function prismaModels(text: string): PrismaModel[] {
  const models: PrismaModel[] = [];
  let model: { table: string; line: number; columns: Map<string, number> } | undefined;
  text.split(/\r\n|[\n\r]/).forEach((line, index) => {
    const name = HEAD.exec(line)?.[1];
    if (name !== undefined) {
      model = { table: name, line: index + 1, columns: new Map() };
      models.push(model);
      return;
    }
    if (model === undefined) return;
    if (/^\s*\}/.test(line)) {
      model = undefined;
      return;
    }
    model.table = /^\s*@@map\(\s*(?:name:\s*)?"([^"]+)"/.exec(line)?.[1] ?? model.table;
    const field = FIELD.exec(line)?.[1];
    if (field === undefined) return;
    const mapped = /@map\(\s*(?:name:\s*)?"([^"]+)"/.exec(line)?.[1];
    model.columns.set(mapped ?? field, index + 1);
  });
  return models;
}
