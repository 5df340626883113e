import type { CreateSchemaStmt, Node } from "@pgsql/types";
import type { Operation } from "../core/operation.ts";
import { roleName } from "./names.ts";
import { bodyOf, kindOf } from "./node.ts";
import type { StatementPlace } from "./statement-place.ts";

/** CREATE SCHEMA with the statements written in it: what they create is created in that schema. */
export function readCreateSchema(statement: CreateSchemaStmt, place: StatementPlace): Operation[] {
  const schema = statement.schemaname ?? roleName(statement.authrole);
  return [
    {
      kind: "create-schema",
      span: place.span,
      schema,
      ifNotExists: statement.if_not_exists ?? false,
    },
    ...(statement.schemaElts ?? []).flatMap((node) => place.read(inSchema(node, schema), place)),
  ];
}

const RELATION_FIELDS = ["relation", "view", "sequence"] as const;

/** The statement with the schema on the relation that it creates or names. */
function inSchema(node: Node, schema: string): Node {
  const kind = kindOf(node);
  const body: Record<string, unknown> = Object.assign({}, bodyOf(node, kind));
  for (const field of RELATION_FIELDS) {
    const relation = body[field];
    if (typeof relation === "object") body[field] = { schemaname: schema, ...relation };
  }
  const copy: unknown = { [kind]: body };
  return copy as Node;
}
