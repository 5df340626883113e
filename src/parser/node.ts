import type { A_Const, Node } from "@pgsql/types";

/** The names of all of PostgreSQL's parse nodes. */
export type NodeKind = Node extends infer One ? (One extends object ? keyof One : never) : never;

/** What a node of a kind holds. */
export type NodeBody<Kind extends NodeKind> = Extract<Node, Record<Kind, unknown>>[Kind];

/** PostgreSQL's name of a node, for example `AlterTableStmt`. */
export function kindOf(node: Node): NodeKind {
  for (const kind in node) return kind as NodeKind;
  throw new Error("libpg-query gave a node without a kind");
}

/** The body of a node that must be of this kind, undefined when it is of another. */
export function bodyOf<Kind extends NodeKind>(
  node: Node | undefined,
  kind: Kind,
): NodeBody<Kind> | undefined {
  if (node === undefined) return undefined;
  const bodies: { readonly [Key in NodeKind]?: unknown } = node;
  return bodies[kind] as NodeBody<Kind> | undefined;
}

/** The bodies of the nodes of this kind in a list, in order. */
export function bodiesOf<Kind extends NodeKind>(
  nodes: readonly Node[] | undefined,
  kind: Kind,
): NodeBody<Kind>[] {
  const bodies: NodeBody<Kind>[] = [];
  for (const node of nodes ?? []) {
    const body = bodyOf(node, kind);
    if (body !== undefined) bodies.push(body);
  }
  return bodies;
}

/** The value of a String node. */
export function stringOf(node: Node | undefined): string | undefined {
  const body = bodyOf(node, "String");
  return body === undefined ? undefined : (body.sval ?? "");
}

/** The values of a list of String nodes, others left out. */
export function stringsOf(nodes: readonly Node[] | undefined): string[] {
  const values: string[] = [];
  for (const node of nodes ?? []) {
    const value = stringOf(node);
    if (value !== undefined) values.push(value);
  }
  return values;
}

/** The strings of a List node, or of a lone String node. */
export function stringList(node: Node | undefined): string[] {
  const list = bodyOf(node, "List");
  if (list !== undefined) return stringsOf(list.items);
  const value = stringOf(node);
  return value === undefined ? [] : [value];
}

type ConstantReader = (body: never) => string | undefined;

/** The grammar holds a constant in an expression as A_Const, elsewhere as the value itself. */
const CONSTANT_READERS: { readonly [Kind in NodeKind]?: ConstantReader } = {
  String: (body: { sval?: string }) => body.sval ?? "",
  Integer: (body: { ival?: number }) => String(body.ival ?? 0),
  Float: (body: { fval?: string }) => body.fval ?? "0",
  Boolean: (body: { boolval?: boolean }) => String(body.boolval ?? false),
  A_Const: ({ sval, ival, fval, boolval, bsval }: A_Const) => {
    if (sval !== undefined) return sval.sval ?? "";
    if (ival !== undefined) return String(ival.ival ?? 0);
    if (fval !== undefined) return fval.fval ?? "0";
    return boolval === undefined ? bsval?.bsval : String(boolval.boolval ?? false);
  },
};

/** The text of a constant (string, number, boolean, bit string); undefined for NULL and anything else. */
export function constantText(node: Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  const kind = kindOf(node);
  return CONSTANT_READERS[kind]?.(bodyOf(node, kind) as never);
}
