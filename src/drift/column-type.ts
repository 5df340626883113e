import { ColumnTypeEnum, type ColumnType } from "@prisma/driver-adapter-utils";

/** The engine's types by PostgreSQL's oid (pg_type.dat); everything else is text to it. */
const TYPES: ReadonlyMap<string, ColumnType> = new Map<string, ColumnType>([
  ["16", ColumnTypeEnum.Boolean],
  ["18", ColumnTypeEnum.Character],
  ["20", ColumnTypeEnum.Int64],
  ["21", ColumnTypeEnum.Int32],
  ["23", ColumnTypeEnum.Int32],
  ["26", ColumnTypeEnum.Int64],
  ["700", ColumnTypeEnum.Float],
  ["701", ColumnTypeEnum.Double],
  ["1000", ColumnTypeEnum.BooleanArray],
  ["1002", ColumnTypeEnum.CharacterArray],
  ["1003", ColumnTypeEnum.TextArray],
  ["1005", ColumnTypeEnum.Int32Array],
  ["1007", ColumnTypeEnum.Int32Array],
  ["1009", ColumnTypeEnum.TextArray],
  ["1015", ColumnTypeEnum.TextArray],
  ["1016", ColumnTypeEnum.Int64Array],
  ["1028", ColumnTypeEnum.Int64Array],
]);

const AS_TEXT = new Set<ColumnType>([ColumnTypeEnum.Int64, ColumnTypeEnum.Text]);

export function columnType(oid: string): ColumnType {
  return TYPES.get(oid) ?? ColumnTypeEnum.Text;
}

/** A JSON value as the engine wants it: integers of eight bytes are texts. */
export function engineValue(value: unknown, type: ColumnType): unknown {
  if (value === null) return null;
  if (type === ColumnTypeEnum.Int64Array && Array.isArray(value)) return value.map(String);
  return AS_TEXT.has(type) && typeof value !== "string" ? JSON.stringify(value) : value;
}
