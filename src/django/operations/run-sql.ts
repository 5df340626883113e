import { constantValue } from "../literals/constant.ts";
import type { SqlValue } from "../literals/sql-value.ts";
import { itemsOf, lastPart, type PythonString, type PythonValue } from "../python/value.ts";
import { applySql } from "../schema/catalog-sql.ts";
import type { SchemaEditor } from "../schema/schema-editor.ts";
import { Uncompilable } from "../state/uncompilable.ts";
import { type Arguments, type Operation } from "./operation.ts";
import { type ReadOperation, stateChange } from "./state-operations.ts";

/** RunSQL: text as it is, lists of it, and pairs of text and parameters. */
export function runSql(args: Arguments, read: ReadOperation): Operation {
  const [sql, reverse] = [args.get("sql"), args.get("reverse_sql")];
  const isIrreversible = reverse === undefined || reverse.kind === "none";
  return {
    change: stateChange(args, read),
    forwards: ({ editor }) => send(sql, args, editor),
    backwards: ({ editor }) => send(reverse, args, editor),
    ...(isIrreversible && { irreversible: "RunSQL has no reverse_sql" }),
  };
}

function send(sql: PythonValue | undefined, args: Arguments, editor: SchemaEditor): void {
  if (sql === undefined || isNothing(sql)) return;
  if (sql.kind === "string") {
    sendText(sql, editor);
    return;
  }
  const items = sql.kind === "set" ? undefined : itemsOf(sql);
  if (items === undefined) throw new Uncompilable("the SQL that it runs", sql.span);
  for (const item of items) sendItem(item, args, editor);
}

/** `RunSQL.noop`, which is the empty text. */
function isNothing(sql: PythonValue): boolean {
  if (sql.kind === "string") return sql.value === "";
  return sql.kind === "name" && lastPart(sql.name) === "noop";
}

function sendText({ value, segments }: PythonString, editor: SchemaEditor): void {
  editor.execute(value, segments);
  applySql(editor.catalog, value);
}

function sendItem(item: PythonValue, args: Arguments, editor: SchemaEditor): void {
  if (item.kind === "string") {
    sendText(item, editor);
    return;
  }
  const [sql, parameters] = itemsOf(item) ?? [];
  if (sql?.kind !== "string" || parameters === undefined) {
    throw new Uncompilable("the SQL that it runs", item.span ?? args.call.span);
  }
  if (parameters.kind === "none") sendText(sql, editor);
  else editor.execute(filled(sql.value, parameters, editor));
}

/** Text with its `%s` filled in by the driver. */
function filled(sql: string, parameters: PythonValue, editor: SchemaEditor): string {
  const values = itemsOf(parameters);
  let next = 0;
  return sql.replaceAll(/%(?:\((\w+)\))?([s%])/g, (_, name: string | undefined, type: string) => {
    if (type === "%") return "%";
    const value = name === undefined ? values?.[next++] : entry(parameters, name);
    if (value === undefined) throw new Uncompilable("its parameters", parameters.span);
    return editor.write(parameter(value));
  });
}

function entry(parameters: PythonValue, name: string): PythonValue | undefined {
  if (parameters.kind !== "dict") return undefined;
  return parameters.entries.find(({ key }) => key.kind === "string" && key.value === name)?.value;
}

function parameter(value: PythonValue): SqlValue {
  const known = constantValue(value);
  if (known === undefined) throw new Uncompilable("its parameters", value.span);
  return known;
}
