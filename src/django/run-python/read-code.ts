import type { SyntaxNode } from "@lezer/common";
import type { ObjectName } from "../../core/name.ts";
import type { CodeHazard } from "../../core/operations/framework.ts";
import type { Span } from "../../core/span.ts";
import type { PythonModule } from "../python/module.ts";
import { childrenOf, elementsOf, spanOf } from "../python/syntax.ts";
import { lastPart, type PythonValue } from "../python/value.ts";

/** The table of a historical model, by `app.Model`. */
export type TableOf = (model: string) => ObjectName | undefined;

/** Functions that one calls in turn are read as well, up to this many. */
const MOST_FUNCTIONS = 30;

/** What the function that a RunPython names does, and those of its file that it calls. `at` is where the operation stands. */
export function readCode(
  code: PythonValue,
  at: Span,
  module: PythonModule,
  tableOf: TableOf,
): CodeHazard[] {
  const name = code.kind === "name" && code.local ? code.name : undefined;
  const first = name === undefined ? undefined : module.functions.get(name);
  if (name === undefined || first === undefined) {
    const subject = code.kind === "name" ? code.name : "its code";
    return [{ kind: "unread", span: at, subject }];
  }
  const reader = new CodeReader(module, tableOf);
  const read = new Set<string>();
  const waiting = [name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const node = module.functions.get(next);
    if (node === undefined || read.has(next) || read.size >= MOST_FUNCTIONS) continue;
    read.add(next);
    waiting.push(...reader.read(node));
  }
  return [...reader.argumentNames(first), ...reader.hazards].toSorted(
    (a, b) => a.span.start - b.span.start,
  );
}

const QUERYSET = /\.(?:all|filter|exclude|order_by|select_related|annotate)\(/;
const INSERTS = new Set(["create", "bulk_create", "get_or_create", "update_or_create"]);

class CodeReader {
  readonly hazards: CodeHazard[] = [];
  readonly #module: PythonModule;
  readonly #tableOf: TableOf;
  /** `app.Model` by the variable that `apps.get_model` was assigned to. */
  readonly #models = new Map<string, string>();

  constructor(module: PythonModule, tableOf: TableOf) {
    this.#module = module;
    this.#tableOf = tableOf;
  }

  /** Reads a function, and gives the names that it calls. */
  read(definition: SyntaxNode): string[] {
    const calls: string[] = [];
    const visit = (node: SyntaxNode): void => {
      switch (node.name) {
        case "AssignStatement":
          this.#assignment(node);
          break;
        case "ForStatement":
          this.#loop(node);
          break;
        case "CallExpression":
          this.#call(node, calls);
          break;
        case "ImportStatement":
          this.#import(node);
          break;
        case "VariableName":
          this.#name(node);
          break;
      }
      for (const child of childrenOf(node)) visit(child);
    };
    const body = definition.getChild("Body");
    if (body !== null) visit(body);
    return calls;
  }

  /** Django calls the function with the apps and the schema editor. */
  argumentNames(definition: SyntaxNode): CodeHazard[] {
    const list = definition.getChild("ParamList");
    const names = (list === null ? [] : elementsOf(list))
      .filter(({ name }) => name === "VariableName")
      .map((node) => this.#text(node));
    const [apps = "", editor = ""] = names;
    const isUsual = /^_*(?:apps?|registry)?$/.test(apps) && /^_*(?:schema_?editor)?$/.test(editor);
    if (list === null || names.length < 2 || isUsual) return [];
    return [{ kind: "argument-names", span: spanOf(list), subject: `${apps}, ${editor}` }];
  }

  /** `Item = apps.get_model("shop", "Item")` */
  #assignment(node: SyntaxNode): void {
    const match =
      /^(\w+)\s*(?::[^=]+)?=\s*\w+\.get_model\(\s*["'](\w+)(?:["']\s*,\s*(?:model_name\s*=\s*)?["']|\.)(\w+)["']/.exec(
        this.#text(node),
      );
    if (match === null) return;
    const [, variable = "", app = "", model = ""] = match;
    this.#models.set(variable, `${app}.${model}`);
    if (!plain(variable).includes(plain(model))) {
      this.#add("variable-name", node, `${variable} = ${model}`);
    }
  }

  /** A loop over a queryset: what it holds in memory, and what it does for each row. */
  #loop(node: SyntaxNode): void {
    const [, variable, , source] = childrenOf(node);
    const body = node.getChild("Body");
    if (variable === undefined || source === undefined || body === null) return;
    const over = this.#text(source);
    if (!/\.objects\b|\.all\(\)/.test(over) && !QUERYSET.test(over)) return;
    const table = this.#table(over);
    const saved = new RegExp(`\\b${this.#text(variable).replace(/\W+/g, "|")}\\.save\\(`);
    if (saved.test(this.#text(body))) this.#add("save-in-loop", node, over, table);
    else if (!/\.iterator\(|\[[^\]]*:/.test(over)) this.#add("unbatched-loop", source, over, table);
  }

  #call(node: SyntaxNode, calls: string[]): void {
    const [callee] = childrenOf(node);
    if (callee?.name === "VariableName") {
      calls.push(this.#text(callee));
      return;
    }
    if (callee?.name !== "MemberExpression") return;
    const text = this.#text(callee);
    const method = lastPart(text);
    if (!text.includes(".objects")) return;
    const table = this.#table(text);
    if (INSERTS.has(method)) this.#add("insert", node, text, table);
    if (method === "delete") this.#add("delete", node, text, table);
    const isWhole = /\.objects(?:\.all\(\))?\.(?:update|delete)$/.test(text.replace(/\s+/g, ""));
    if (isWhole) this.#add("whole-table-write", node, text, table);
  }

  #import(node: SyntaxNode): void {
    const match = /^from\s+([\w.]+)\s+import/.exec(this.#text(node));
    const module = match?.[1] ?? "";
    if (/(?:^|\.)models(?:\.|$)/.test(module) && !module.startsWith("django.db.")) {
      this.#add("model-import", node, module);
    }
  }

  /** A name of the module that is a model of the running code, or the settings. */
  #name(node: SyntaxNode): void {
    const value = this.#module.names.get(this.#text(node));
    if (value?.kind !== "name" || value.local) return;
    const { name } = value;
    const isModel = /(?:^|\.)models\.[A-Z]\w*$/.test(name) && !name.startsWith("django.db.");
    if (isModel) this.#add("model-import", node, name);
    if (name === "django.conf.settings") this.#add("setting", node, name);
  }

  #table(text: string): ObjectName | undefined {
    const model = this.#models.get(/^\s*(\w+)/.exec(text)?.[1] ?? "");
    return model === undefined ? undefined : this.#tableOf(model);
  }

  #add(kind: CodeHazard["kind"], node: SyntaxNode, subject: string, table?: ObjectName): void {
    const isTold = this.hazards.some((one) => one.kind === kind && one.subject === subject);
    if (isTold) return;
    const span = spanOf(node);
    this.hazards.push({ kind, span, subject, ...(table === undefined ? {} : { table }) });
  }

  #text(node: SyntaxNode): string {
    return this.#module.text.slice(node.from, node.to);
  }
}

function plain(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}
