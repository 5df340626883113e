import type { CommonTableExpr, RangeVar, WithClause } from "@pgsql/types";
import type { NodeKind } from "./node.ts";

/** What the walk tells. Each is called before the node's own children are walked. */
export interface Visitor {
  /** A node; `false` keeps the walk out of it. */
  node?(kind: NodeKind, body: object): boolean | void;
  /** A table or view, CTE names left out. */
  table?(relation: RangeVar): void;
}

/** Fields of a node's body that hold a relation without a node around it. */
const RELATION_FIELDS = new Set(["relation", "rel", "view", "sequence", "pktable", "constrrel"]);

/** Visits a tree of nodes in the order of its fields. `scope` holds the names that WITH declares around it. */
export function walk(
  tree: object | undefined,
  visitor: Visitor,
  scope: ReadonlySet<string> = NO_NAMES,
): void {
  if (tree !== undefined) new Walk(visitor, scope).body(tree);
}

const NO_NAMES: ReadonlySet<string> = new Set();

class Walk {
  readonly #visitor: Visitor;
  #scope: ReadonlySet<string>;

  constructor(visitor: Visitor, scope: ReadonlySet<string>) {
    this.#visitor = visitor;
    this.#scope = scope;
  }

  #value(value: object): void {
    if (Array.isArray(value)) {
      for (const item of value as readonly object[]) this.#value(item);
      return;
    }
    for (const key in value) {
      const child = (value as Readonly<Record<string, unknown>>)[key];
      if (typeof child !== "object" || child === null) continue;
      // Nodes are named like types, fields are not: `{ColumnRef: …}` against `{location: 1}`.
      if (isNodeKind(key)) this.#node(key as NodeKind, child);
      else this.#field(key, child);
    }
  }

  #field(name: string, child: object): void {
    if (RELATION_FIELDS.has(name) && "relname" in child) this.#relation(child as RangeVar);
    else if (name !== "withClause") this.body(child);
  }

  #node(kind: NodeKind, body: object): void {
    if (this.#visitor.node?.(kind, body) === false) return;
    if (kind === "RangeVar") this.#relation(body);
    else this.body(body);
  }

  /** A body with a WITH clause declares names for all of its other fields. */
  body(body: object): void {
    const outer = this.#scope;
    const clause = (body as { withClause?: WithClause }).withClause;
    if (clause !== undefined) this.#declare(clause);
    this.#value(body);
    this.#scope = outer;
  }

  #declare(clause: WithClause): void {
    const names = new Set(this.#scope);
    const queries: CommonTableExpr[] = [];
    for (const node of clause.ctes ?? []) {
      if ("CommonTableExpr" in node) queries.push(node.CommonTableExpr);
    }
    if (clause.recursive === true) {
      for (const query of queries) names.add(query.ctename ?? "");
      this.#scope = names;
    }
    for (const query of queries) {
      if (query.ctequery !== undefined) this.#value(query.ctequery);
      // Without RECURSIVE a query sees those before it and not itself.
      this.#scope = new Set([...this.#scope, query.ctename ?? ""]);
    }
  }

  #relation(relation: RangeVar): void {
    if (relation.schemaname === undefined && this.#scope.has(relation.relname ?? "")) return;
    this.#visitor.table?.(relation);
  }
}

function isNodeKind(key: string): boolean {
  const code = key.charCodeAt(0);
  return code >= 65 && code <= 90;
}
