import type { Node } from "@pgsql/types";
import type { Operation } from "../core/operation.ts";
import { bodyOf, kindOf, type NodeBody, type NodeKind } from "./node.ts";
import { DEFINITION_READERS } from "./definition-readers.ts";
import { OTHER_READERS } from "./other-readers.ts";
import { SESSION_READERS } from "./session-readers.ts";
import type { StatementPlace } from "./statement-place.ts";
import type { StatementReaders } from "./statement-readers.ts";

/** The reader of each statement, by PostgreSQL's name of its node. */
export const STATEMENT_READERS: StatementReaders = {
  ...DEFINITION_READERS,
  ...OTHER_READERS,
  ...SESSION_READERS,
};

/** What a statement does. One that has no reader is `unclassified`. */
export function readStatement(node: Node, place: StatementPlace): Operation[] {
  const kind = kindOf(node);
  const read = STATEMENT_READERS[kind] as
    ((body: NodeBody<NodeKind>, place: StatementPlace) => Operation[]) | undefined;
  const body = bodyOf(node, kind);
  if (read === undefined || body === undefined) {
    return [{ kind: "unclassified", span: place.span, statement: kind }];
  }
  return read(body, place);
}
