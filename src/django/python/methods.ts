import type { SyntaxNode } from "@lezer/common";
import type { Evaluator } from "./evaluator.ts";
import { joinPath, parentPath } from "./path.ts";
import { isSameValue, printed } from "./same-value.ts";
import { staysShort } from "./size.ts";
import { spanOf } from "./syntax.ts";
import {
  itemsOf,
  type PythonDict,
  type PythonPath,
  type PythonString,
  type PythonValue,
} from "./value.ts";

/** A call of a method of a known value. */
export interface MethodCall {
  readonly node: SyntaxNode;
  readonly name: string;
  readonly args: readonly PythonValue[];
  readonly keywords: ReadonlyMap<string, PythonValue>;
  readonly evaluator: Evaluator;
}

/** What a method of text, a dict or a path gives; undefined where that is not known. */
export function callMethod(object: PythonValue, call: MethodCall): PythonValue | undefined {
  if (object.kind === "string") return stringMethod(object, call);
  if (object.kind === "dict") return dictMethod(object, call);
  if (object.kind === "path") return pathMethod(object, call);
  if (object.kind === "call" || object.kind === "operator") return ordering(object, call);
  if (call.name === "copy" && itemsOf(object) !== undefined) return object;
  return undefined;
}

/** `F("a").desc(nulls_last=True)` is OrderBy(F("a"), descending=True, nulls_last=True). */
function ordering(
  object: PythonValue,
  { node, name, keywords }: MethodCall,
): PythonValue | undefined {
  if (name !== "desc" && name !== "asc") return undefined;
  const span = spanOf(node);
  const descending = { kind: "boolean", value: name === "desc", span } as const;
  return {
    kind: "call",
    callee: "django.db.models.OrderBy",
    local: false,
    args: [object],
    keywords: new Map<string, PythonValue>([...keywords, ["descending", descending]]),
    complete: true,
    span,
  };
}

function stringMethod({ value }: PythonString, call: MethodCall): PythonValue | undefined {
  const result = stringResult(value, call);
  return result === undefined
    ? undefined
    : { kind: "string", value: result, span: spanOf(call.node) };
}

function stringResult(value: string, call: MethodCall): string | undefined {
  const given = [...call.args.flatMap((one) => itemsOf(one) ?? [one]), ...call.keywords.values()];
  if (!staysShort(value, given.map(printed))) return undefined;
  const [first, second] = call.args.map((one) => (one.kind === "string" ? one.value : undefined));
  switch (call.name) {
    case "strip":
      return call.args.length === 0 ? value.trim() : undefined;
    case "lower":
      return value.toLowerCase();
    case "upper":
      return value.toUpperCase();
    case "replace":
      if (first === undefined || second === undefined) return undefined;
      return value.replaceAll(first, second);
    case "join": {
      const parts = itemsOf(call.args[0])?.map(printed);
      return parts?.every((part) => part !== undefined) ? parts.join(value) : undefined;
    }
    case "format":
      return format(value, call);
    default:
      return undefined;
  }
}

/** `"{} {0} {name}".format(…)` without conversions and widths. */
function format(value: string, { args, keywords }: MethodCall): string | undefined {
  let next = 0;
  let known = true;
  const result = value.replaceAll(/\{\{|\}\}|\{([^{}]*)\}/g, (whole, hole: string | undefined) => {
    if (hole === undefined) return whole.slice(1);
    const found = /^\d*$/.test(hole)
      ? args[hole === "" ? next++ : Number(hole)]
      : keywords.get(hole);
    const text = found === undefined ? undefined : printed(found);
    known &&= text !== undefined;
    return text ?? "";
  });
  return known ? result : undefined;
}

function dictMethod({ entries }: PythonDict, call: MethodCall): PythonValue | undefined {
  const span = spanOf(call.node);
  switch (call.name) {
    case "items":
      return {
        kind: "list",
        items: entries.map(({ key, value }) => ({ kind: "tuple", items: [key, value], span })),
        span,
      };
    case "keys":
      return { kind: "list", items: entries.map(({ key }) => key), span };
    case "values":
      return { kind: "list", items: entries.map(({ value }) => value), span };
    case "copy":
      return { kind: "dict", entries, span };
    case "get":
      return itemAt({ kind: "dict", entries, span }, call.args[0]) ?? call.args[1];
    default:
      return undefined;
  }
}

/** `dict[key]`, `list[0]`; undefined when there is none or it is not known. */
export function itemAt(object: PythonValue, key: PythonValue | undefined): PythonValue | undefined {
  if (key === undefined) return undefined;
  if (object.kind === "dict") {
    return object.entries.findLast((entry) => isSameValue(entry.key, key))?.value;
  }
  return key.kind === "integer" ? itemsOf(object)?.at(Number(key.value)) : undefined;
}

function pathMethod({ path }: PythonPath, call: MethodCall): PythonValue | undefined {
  const span = spanOf(call.node);
  switch (call.name) {
    case "resolve":
    case "absolute":
    case "open":
    case "__enter__":
      return { kind: "path", path, span };
    case "joinpath": {
      if (!call.args.every((part) => part.kind === "string")) return undefined;
      const joined = call.args.reduce((base, part) => joinPath(base, part.value), path);
      return { kind: "path", path: joined, span };
    }
    case "with_suffix":
      return call.args[0]?.kind === "string"
        ? { kind: "path", path: path.replace(/\.[^./]*$/, "") + call.args[0].value, span }
        : undefined;
    case "with_name":
      return call.args[0]?.kind === "string"
        ? { kind: "path", path: joinPath(path, `../${call.args[0].value}`), span }
        : undefined;
    case "read_text":
    case "read":
      return readFile(path, call);
    default:
      return undefined;
  }
}

function readFile(path: string, { node, evaluator }: MethodCall): PythonValue {
  const value = evaluator.surroundings.readFile?.(path);
  if (value === undefined) return evaluator.unknown(node, `the file ${path} was not found`);
  return { kind: "string", value, span: spanOf(node) };
}

/** An attribute of a path; undefined for those of anything else. */
export function attributeOf(object: PythonValue, name: string): PythonValue | undefined {
  if (object.kind !== "path") return undefined;
  if (name === "parent") return { ...object, path: parentPath(object.path) };
  if (name === "stem" || name === "name") {
    const last = object.path.slice(object.path.lastIndexOf("/") + 1);
    const value = name === "stem" ? last.replace(/\.[^.]*$/, "") : last;
    return { kind: "string", value, span: object.span };
  }
  return undefined;
}
