import type { Span } from "../../core/span.ts";

/** The name of a migration in its project: its app's label and its module's name. */
export interface MigrationKey {
  readonly app: string;
  readonly name: string;
}

/** A migration that another names, and where it does. */
export interface NamedMigration extends MigrationKey {
  readonly span: Span;
  /** The setting whose model it is that is depended on: `swappable_dependency(settings.AUTH_USER_MODEL)`. */
  readonly swappable?: string;
}

/** A migration as the graph knows it. */
export interface GraphNode extends MigrationKey {
  readonly dependencies: readonly NamedMigration[];
  readonly runBefore: readonly NamedMigration[];
  readonly replaces: readonly NamedMigration[];
}

/** Something that is wrong with the graph, told of the migration at which it is mended. */
export interface GraphFault<Node> {
  readonly kind: "conflicting-leaves" | "broken-dependency" | "dependency-cycle" | "partial-squash";
  readonly node: Node;
  readonly span?: Span;
  /** The migrations that it is about, as `app.name`. */
  readonly others: readonly string[];
}

export interface MigrationPlan<Node> {
  /** In the order in which Django applies them to an empty database; those that a squash replaces are left out. */
  readonly order: readonly Node[];
  /** Left out, because a squashed migration stands for them. */
  readonly replaced: readonly Node[];
  readonly faults: readonly GraphFault<Node>[];
  /** Whether some migration of an app is there, and whether a migration comes after one of them in every order. */
  readonly knows: (app: string) => boolean;
  readonly needs: (node: Node, app: string) => boolean;
}

/** `app.name` */
export function keyOf({ app, name }: MigrationKey): string {
  return `${app}.${name}`;
}

/**
 * The order of migrations as Django's loader and executor have it: squashed migrations stand for
 * what they replace, and the plan of each leaf, in the order of their names, is a walk in depth
 * (django/db/migrations/graph.py and loader.py). Never throws: a cycle is cut, and a dependency that
 * is not there is left out, each with a fault.
 */
export function planMigrations<Node extends GraphNode>(
  nodes: readonly Node[],
): MigrationPlan<Node> {
  return new Graph(nodes).plan();
}

class Graph<Node extends GraphNode> {
  readonly #nodes = new Map<string, Node>();
  readonly #replaced: Node[] = [];
  /** What stands for a migration that a squash replaces. */
  readonly #standIns = new Map<string, string>();
  readonly #parents = new Map<string, Set<string>>();
  readonly #children = new Map<string, Set<string>>();
  readonly #byApp = new Map<string, string[]>();
  readonly #faults: GraphFault<Node>[] = [];

  constructor(nodes: readonly Node[]) {
    const sorted = nodes.toSorted(compareKeys);
    for (const node of sorted) this.#nodes.set(keyOf(node), node);
    for (const node of sorted) this.#replace(node);
    for (const key of this.#nodes.keys()) {
      this.#parents.set(key, new Set());
      this.#children.set(key, new Set());
      const app = this.#node(key).app;
      const known = this.#byApp.get(app);
      if (known === undefined) this.#byApp.set(app, [key]);
      else known.push(key);
    }
    // Within an app first: what is first or last of one is known only then.
    for (const node of this.#all()) this.#connect(node, (one) => one.app === node.app);
    for (const node of this.#all()) this.#connect(node, (one) => one.app !== node.app);
  }

  plan(): MigrationPlan<Node> {
    for (const app of this.#byApp.keys()) this.#compareLeaves(app);
    const order = new Set<string>();
    const leaves = [...this.#byApp.keys()].flatMap((app) => this.#leavesOf(app));
    const keys = this.#sorted(leaves);
    // Of an app that is all a cycle no leaf is left.
    for (const key of [...keys, ...this.#nodes.keys()]) this.#walk(key, order);
    return {
      order: [...order].map((key) => this.#node(key)),
      replaced: this.#replaced,
      faults: this.#faults,
      knows: (app) => this.#byApp.has(app),
      needs: (node, app) => this.#needs(keyOf(node), app),
    };
  }

  #needs(start: string, app: string): boolean {
    const seen = new Set([start]);
    for (const key of seen) {
      for (const parent of this.#parents.get(key) ?? []) {
        if (this.#node(parent).app === app) return true;
        seen.add(parent);
      }
    }
    return false;
  }

  /** On an empty database a squash always stands for what it replaces. */
  #replace(node: Node): void {
    if (node.replaces.length === 0) return;
    const own = keyOf(node);
    const known = node.replaces.filter((one) => this.#nodes.has(keyOf(one)));
    const missing = node.replaces.filter((one) => !known.includes(one));
    if (known.length > 0 && missing.length > 0) {
      const [first] = missing;
      this.#fault("partial-squash", node, missing.map(keyOf), first?.span);
    }
    for (const one of node.replaces) {
      const key = keyOf(one);
      if (key === own) continue;
      this.#standIns.set(key, own);
      const replaced = this.#nodes.get(key);
      if (replaced === undefined) continue;
      this.#replaced.push(replaced);
      this.#nodes.delete(key);
    }
  }

  #connect(node: Node, applies: (other: MigrationKey) => boolean): void {
    const own = keyOf(node);
    const inherited = this.#replaced.filter((one) => this.#standIn(keyOf(one)) === own);
    for (const one of [node, ...inherited]) {
      for (const dependency of one.dependencies.filter(applies)) {
        const parent = this.#resolve(dependency, node, one === node);
        if (parent !== undefined) this.#link(parent, own);
      }
      for (const dependency of one.runBefore.filter(applies)) {
        const child = this.#resolve(dependency, node, one === node);
        if (child !== undefined) this.#link(own, child);
      }
    }
  }

  #link(parent: string, child: string): void {
    if (parent === child) return;
    this.#parents.get(child)?.add(parent);
    this.#children.get(parent)?.add(child);
  }

  /** The migration that a dependency means; undefined where its app has none here. */
  #resolve(named: NamedMigration, node: Node, isOwn: boolean): string | undefined {
    const key = keyOf(named);
    const found = this.#standIn(key);
    if (found !== undefined) return found;
    const keys = this.#byApp.get(named.app);
    if (keys === undefined) return undefined;
    if (named.name === "__first__" || named.name === "__latest__") {
      if (named.app === node.app) return undefined;
      return named.name === "__first__"
        ? this.#sorted(keys).find((one) => this.#isRoot(one))
        : this.#sorted(this.#leavesOf(named.app)).at(-1);
    }
    if (isOwn) this.#fault("broken-dependency", node, [key], named.span);
    return undefined;
  }

  /** The migration under a key, or the squash that stands for it, over several squashes. */
  #standIn(key: string): string | undefined {
    let found: string | undefined = key;
    const seen = new Set<string>();
    while (found !== undefined && !this.#nodes.has(found) && !seen.has(found)) {
      seen.add(found);
      found = this.#standIns.get(found);
    }
    return found !== undefined && this.#nodes.has(found) ? found : undefined;
  }

  #isRoot(key: string): boolean {
    return this.#sameApp(this.#parents, key).length === 0;
  }

  #leavesOf(app: string): string[] {
    return (this.#byApp.get(app) ?? []).filter(
      (key) => this.#sameApp(this.#children, key).length === 0,
    );
  }

  #sameApp(edges: ReadonlyMap<string, ReadonlySet<string>>, key: string): string[] {
    const { app } = this.#node(key);
    return [...(edges.get(key) ?? [])].filter((other) => this.#node(other).app === app);
  }

  #compareLeaves(app: string): void {
    const leaves = this.#sorted(this.#leavesOf(app));
    // What hangs on a parent that is not there is a leaf of its own until that is mended.
    const isBroken = this.#faults.some(
      ({ kind, node }) => kind === "broken-dependency" && node.app === app,
    );
    if (leaves.length < 2 || isBroken) return;
    for (const leaf of leaves) {
      const others = leaves.filter((other) => other !== leaf);
      const node = this.#node(leaf);
      const parent = node.dependencies.find((one) => one.app === app);
      this.#fault("conflicting-leaves", node, others, parent?.span);
    }
  }

  /** All that a migration needs, then itself; of several parents the last by name comes first. */
  #walk(start: string, order: Set<string>): void {
    const path = new Set<string>();
    const stack: { key: string; processed: boolean }[] = [{ key: start, processed: false }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { key, processed } = top;
      if (processed) {
        path.delete(key);
        order.add(key);
      } else if (path.has(key)) {
        this.#tellCycle(key, path);
      } else if (!order.has(key)) {
        path.add(key);
        stack.push({ key, processed: true });
        const parents = this.#sorted([...(this.#parents.get(key) ?? [])]);
        stack.push(...parents.map((parent) => ({ key: parent, processed: false })));
      }
    }
  }

  /** `path` leads from a migration to what it depends on, and there back to one of its own. */
  #tellCycle(key: string, path: ReadonlySet<string>): void {
    const keys = [...path];
    const cycle = keys.slice(keys.indexOf(key));
    const node = this.#node(cycle.at(-1) ?? key);
    const isTold = this.#faults.some(
      (fault) => fault.kind === "dependency-cycle" && fault.node === node,
    );
    if (!isTold) this.#fault("dependency-cycle", node, cycle);
  }

  #fault(kind: GraphFault<Node>["kind"], node: Node, others: readonly string[], span?: Span): void {
    this.#faults.push({ kind, node, others, ...(span === undefined ? {} : { span }) });
  }

  #all(): Node[] {
    return [...this.#nodes.values()];
  }

  #node(key: string): Node {
    const node = this.#nodes.get(key);
    if (node === undefined) throw new Error(`the graph has no migration ${key}`);
    return node;
  }

  #sorted(keys: readonly string[]): readonly string[] {
    if (keys.length < 2) return keys;
    return keys
      .map((key) => this.#node(key))
      .toSorted(compareKeys)
      .map(keyOf);
  }
}

/** As Python compares tuples of texts. */
function compareKeys(a: MigrationKey, b: MigrationKey): number {
  return compareText(a.app, b.app) || compareText(a.name, b.name);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
