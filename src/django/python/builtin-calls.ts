import type { SyntaxNode } from "@lezer/common";
import type { Evaluator } from "./evaluator.ts";
import { joinPath, parentPath } from "./path.ts";
import { canonicalText, printed } from "./same-value.ts";
import { spanOf } from "./syntax.ts";
import { itemsOf, type PythonEntry, type PythonValue } from "./value.ts";

/** A call of one of Python's own functions, with its arguments evaluated. */
export interface BuiltinCall {
  readonly node: SyntaxNode;
  readonly args: readonly PythonValue[];
  readonly keywords: ReadonlyMap<string, PythonValue>;
  readonly evaluator: Evaluator;
}

type Builtin = (call: BuiltinCall) => PythonValue | undefined;

const LONGEST_RANGE = 10_000;

/** What Python's own functions give for known arguments; undefined where they are not known. */
export const BUILTINS: Readonly<Record<string, Builtin>> = {
  list: sequence("list"),
  tuple: sequence("tuple"),
  set: sequence("set"),
  frozenset: sequence("set"),
  sorted: sort,
  dict: makeDict,
  str: (call) => call.args[0] && text(call, printed(call.args[0])),
  int: (call) => (call.args[0]?.kind === "integer" ? call.args[0] : undefined),
  len: length,
  range,
  open: (call) => (call.args[0]?.kind === "path" ? call.args[0] : undefined),
  "os.path.join": joinParts,
  "os.path.dirname": (call) => path(call, parentPath),
  "os.path.abspath": (call) => path(call, (one) => one),
  "os.path.realpath": (call) => path(call, (one) => one),
  "os.path.normpath": (call) => path(call, (one) => one),
  "os.fspath": (call) => path(call, (one) => one),
  "pathlib.Path": joinParts,
  "pathlib.PurePath": joinParts,
  "textwrap.dedent": (call) => dedent(call),
  "inspect.cleandoc": (call) => dedent(call),
};

function sequence(kind: "list" | "tuple" | "set"): Builtin {
  return ({ node, args }) => {
    const items = args.length === 0 ? [] : (itemsOf(args[0]) ?? keysOf(args[0]));
    return items && { kind, items, span: spanOf(node) };
  };
}

function keysOf(value: PythonValue | undefined): PythonValue[] | undefined {
  return value?.kind === "dict" ? value.entries.map(({ key }) => key) : undefined;
}

function sort({ node, args, keywords }: BuiltinCall): PythonValue | undefined {
  const items = itemsOf(args[0]);
  if (items === undefined || keywords.size > 0) return undefined;
  if (!items.every((item) => item.kind === "string" || item.kind === "tuple")) return undefined;
  const byText = items.toSorted((a, b) => (canonicalText(a) < canonicalText(b) ? -1 : 1));
  return { kind: "list", items: byText, span: spanOf(node) };
}

function makeDict({ node, args, keywords }: BuiltinCall): PythonValue | undefined {
  const entries: PythonEntry[] = [];
  const first = args[0];
  if (first?.kind === "dict") entries.push(...first.entries);
  else if (first !== undefined) {
    for (const pair of itemsOf(first) ?? []) {
      const [key, value] = itemsOf(pair) ?? [];
      if (key === undefined || value === undefined) return undefined;
      entries.push({ key, value });
    }
    if (itemsOf(first) === undefined) return undefined;
  }
  for (const [name, value] of keywords) {
    entries.push({ key: { kind: "string", value: name, span: value.span }, value });
  }
  return { kind: "dict", entries, span: spanOf(node) };
}

function length({ node, args }: BuiltinCall): PythonValue | undefined {
  const [value] = args;
  const items = itemsOf(value) ?? keysOf(value);
  const size = value?.kind === "string" ? value.value.length : items?.length;
  return size === undefined
    ? undefined
    : { kind: "integer", value: BigInt(size), span: spanOf(node) };
}

function range({ node, args }: BuiltinCall): PythonValue | undefined {
  const numbers = args.map((value) =>
    value.kind === "integer" ? Number(value.value) : Number.NaN,
  );
  const [first = Number.NaN, second] = numbers;
  const [start, end] = second === undefined ? [0, first] : [first, second];
  if (numbers.length > 2 || !(end - start <= LONGEST_RANGE)) return undefined;
  const span = spanOf(node);
  const items: PythonValue[] = [];
  for (let value = start; value < end; value += 1) {
    items.push({ kind: "integer", value: BigInt(value), span });
  }
  return { kind: "list", items, span };
}

function text({ node }: BuiltinCall, value: string | undefined): PythonValue | undefined {
  return value === undefined ? undefined : { kind: "string", value, span: spanOf(node) };
}

function path(
  { node, args }: BuiltinCall,
  change: (path: string) => string,
): PythonValue | undefined {
  const [value] = args;
  if (value?.kind !== "path") return undefined;
  return { kind: "path", path: change(value.path), span: spanOf(node) };
}

/** Parts of a path whose first is a file of the repository. */
function joinParts({ node, args }: BuiltinCall): PythonValue | undefined {
  const [first, ...rest] = args;
  if (first?.kind !== "path" || !rest.every((part) => part.kind === "string")) return undefined;
  const joined = rest.reduce((base, part) => joinPath(base, part.value), first.path);
  return { kind: "path", path: joined, span: spanOf(node) };
}

function dedent(call: BuiltinCall): PythonValue | undefined {
  const [value] = call.args;
  if (value?.kind !== "string") return undefined;
  const lines = value.value.split("\n");
  const indents = lines
    .filter((line) => line.trim() !== "")
    .map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const indent = indents.length === 0 ? 0 : Math.min(...indents);
  return text(call, lines.map((line) => (line.trim() === "" ? "" : line.slice(indent))).join("\n"));
}
