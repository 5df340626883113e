import type { SyntaxNode } from "@lezer/common";
import type { Span } from "../../core/span.ts";
import { assign } from "../python/assignment.ts";
import type { Evaluator } from "../python/evaluator.ts";
import type { PythonModule } from "../python/module.ts";
import { Scope } from "../python/scope.ts";
import { childrenOf, elementsOf, spanOf } from "../python/syntax.ts";
import { lastPart, type PythonString, type PythonValue, textOf } from "../python/value.ts";

/** What the code of a RunPython does to the schema. */
export type SchemaStep =
  | { readonly kind: "sql"; readonly sql: PythonString }
  | { readonly kind: "rename-table"; readonly from: string; readonly to: string }
  /** It changes the schema, and how depends on what is only known when it runs. */
  | { readonly kind: "unknown"; readonly reason: string; readonly span: Span };

/** SQL that changes the schema: other SQL is code like any other. */
const DDL =
  /(?:^|;|\n)\s*(?:(?:ALTER|CREATE|DROP)\s+(?:OR\s+REPLACE\s+)?(?:\w+\s+){0,2}?(?:TABLE|INDEX|SEQUENCE|TYPE|VIEW|EXTENSION|FUNCTION|TRIGGER|SCHEMA|DOMAIN|COLLATION)\b|COMMENT\s+ON\b)/i;

/** Methods of the schema editor that change the schema (django/db/backends/base/schema.py). */
const CHANGES =
  /\.(?:create_model|delete_model|add_index|remove_index|rename_index|add_constraint|remove_constraint|alter_unique_together|alter_index_together|alter_db_table|add_field|remove_field|alter_field)$/;

/**
 * What the function that a RunPython names does to the schema, where its text tells for certain: calls
 * of the schema editor and of cursors that nothing stands before. Nothing of it is run.
 */
export function schemaSteps(code: PythonValue | undefined, module: PythonModule): SchemaStep[] {
  const name = code?.kind === "name" && code.local ? code.name : undefined;
  const definition = name === undefined ? undefined : module.functions.get(name);
  const body = definition?.getChild("Body");
  if (definition === undefined || body === undefined || body === null) return [];
  const reader = new SchemaReader(module.evaluator.within(new Scope(module.evaluator.scope)));
  reader.read(definition, body);
  return reader.steps;
}

class SchemaReader {
  readonly steps: SchemaStep[] = [];
  readonly #evaluator: Evaluator;
  /** Names of the schema editor, and of cursors. */
  readonly #editors = new Set<string>();
  readonly #cursors = new Set<string>();

  constructor(evaluator: Evaluator) {
    this.#evaluator = evaluator;
  }

  read(definition: SyntaxNode, body: SyntaxNode): void {
    const list = definition.getChild("ParamList");
    const [, editor] = list === null ? [] : elementsOf(list);
    if (editor?.name === "VariableName") this.#editors.add(this.#text(editor));
    this.#block(body);
  }

  /** Reads statements one after the other; false where what follows may not run. */
  #block(block: SyntaxNode): boolean {
    const statements = childrenOf(block);
    for (const [index, statement] of statements.entries()) {
      if (this.#statement(statement)) continue;
      const rest = statements.slice(index + 1).find((one) => this.#changesSchema(one));
      if (rest !== undefined) this.#unknown(rest, "code before it may have returned");
      return false;
    }
    return true;
  }

  #statement(statement: SyntaxNode): boolean {
    switch (statement.name) {
      case "AssignStatement":
        this.#assignment(statement);
        return true;
      case "ExpressionStatement":
        if (statement.firstChild?.name === "CallExpression") this.#call(statement.firstChild);
        return true;
      case "WithStatement":
        return this.#with(statement);
      case "IfStatement":
        return this.#if(statement);
      case "ReturnStatement":
      case "RaiseStatement":
        return false;
      default:
        return this.#uncertain(statement);
    }
  }

  /** `cursor = connection.cursor()`, or a name for a text. */
  #assignment(statement: SyntaxNode): void {
    const cursor = /^(\w+)\s*=\s*[\w.]+\.cursor\(\s*\)$/.exec(this.#text(statement))?.[1];
    if (cursor !== undefined) this.#cursors.add(cursor);
    else assign(statement, this.#evaluator);
  }

  /** `with connection.cursor() as cursor:` and the like: their block runs whatever they are. */
  #with(statement: SyntaxNode): boolean {
    const cursor = /^with\s+[\w.]+\.cursor\(\s*\)\s+as\s+(\w+)/.exec(this.#text(statement))?.[1];
    if (cursor !== undefined) this.#cursors.add(cursor);
    const body = statement.getChild("Body");
    return body === null || this.#block(body);
  }

  /** Only what asks for the database is known: it is PostgreSQL, and the one that is migrated. */
  #if(statement: SyntaxNode): boolean {
    const [, test, body, ...others] = childrenOf(statement);
    const match = /\.vendor\s*(==|!=)\s*["'](\w+)["']\s*$/.exec(test ? this.#text(test) : "");
    if (match === null || body?.name !== "Body") return this.#uncertain(statement);
    const holds = (match[2] === "postgresql") === (match[1] === "==");
    if (holds) return this.#block(body);
    const [word, otherwise] = others;
    if (word === undefined) return true;
    return word.name === "else" && otherwise?.name === "Body"
      ? this.#block(otherwise)
      : this.#uncertain(statement);
  }

  /** What a statement does that may not run, or many times; what follows runs unless it leaves. */
  #uncertain(statement: SyntaxNode): boolean {
    if (this.#changesSchema(statement)) this.#unknown(statement, "whether and how often it runs");
    return !/\b(?:return|raise)\b/.test(this.#text(statement));
  }

  #call(call: SyntaxNode): void {
    const [callee, list] = childrenOf(call);
    const name = callee === undefined ? "" : this.#text(callee);
    const object = name.slice(0, name.lastIndexOf("."));
    const isEditor = this.#editors.has(object);
    if (!isEditor && !this.#cursors.has(object)) return;
    const args = (list === undefined ? [] : elementsOf(list)).map((node) =>
      this.#evaluator.evaluate(node),
    );
    if (lastPart(name) === "execute") this.#execute(call, args);
    else if (isEditor && lastPart(name) === "alter_db_table") this.#rename(call, args);
    else if (isEditor && CHANGES.test(name)) this.#unknown(call, `what ${name}() sends`);
  }

  #execute(call: SyntaxNode, [sql, parameters]: readonly PythonValue[]): void {
    const isWhole = parameters === undefined || parameters.kind === "none";
    if (sql?.kind === "string" && isWhole) {
      if (DDL.test(sql.value)) this.steps.push({ kind: "sql", sql });
    } else if (DDL.test(this.#text(call).replace(/^[^(]*\(\s*[rbf]*["']+/i, "\n"))) {
      this.#unknown(call, "the SQL that it runs");
    }
  }

  #rename(call: SyntaxNode, args: readonly PythonValue[]): void {
    const [, from, to] = args.map(textOf);
    if (from === undefined || to === undefined) this.#unknown(call, "the table that it renames");
    else if (from !== to) this.steps.push({ kind: "rename-table", from, to });
  }

  #changesSchema(node: SyntaxNode): boolean {
    const text = this.#text(node);
    const changes = [...text.matchAll(/([^\s.(]+)(\.\w+)\(/g)].some(
      ([, object = "", method = ""]) => this.#editors.has(object) && CHANGES.test(method),
    );
    return changes || (/\.execute\(/.test(text) && DDL.test(text.replaceAll(/["']/g, "\n")));
  }

  #unknown(node: SyntaxNode, reason: string): void {
    this.steps.push({
      kind: "unknown",
      reason: `the schema change in the code of RunPython: ${reason}`,
      span: spanOf(node),
    });
  }

  #text(node: SyntaxNode): string {
    return this.#evaluator.text.slice(node.from, node.to);
  }
}
