import type { AlterPublicationStmt, CreatePublicationStmt, PublicationTable } from "@pgsql/types";
import type { Operation } from "../core/operation.ts";
import type {
  PublicationChange,
  PublicationTable as Published,
} from "../core/operations/publication.ts";
import { relationName } from "./names.ts";
import { bodiesOf, constantText, stringsOf } from "./node.ts";
import { optionOf } from "./options.ts";
import { readExpression } from "./read-expression.ts";
import type { StatementPlace } from "./statement-place.ts";

export function readCreatePublication(
  statement: CreatePublicationStmt,
  { span }: StatementPlace,
): Operation[] {
  const { pubname: name = "" } = statement;
  const publication = changeOf(statement, "set");
  return [{ kind: "create-object", span, object: "publication", name: { name }, publication }];
}

export function readAlterPublication(
  statement: AlterPublicationStmt,
  { span }: StatementPlace,
): Operation[] {
  const { pubname: name = "" } = statement;
  const publication = changeOf(statement, ACTIONS[statement.action ?? "AP_AddObjects"]);
  return [{ kind: "alter-object", span, object: "publication", name: { name }, publication }];
}

const ACTIONS = { AP_AddObjects: "add", AP_DropObjects: "drop", AP_SetObjects: "set" } as const;

function changeOf(
  { pubobjects, for_all_tables: allTables, options }: CreatePublicationStmt,
  action: PublicationChange["action"],
): PublicationChange {
  const objects = bodiesOf(pubobjects, "PublicationObjSpec");
  const publish = constantText(optionOf(options, "publish")?.arg);
  return {
    action,
    // ALTER PUBLICATION … SET (options) names no object, and leaves those that there are.
    statesObjects: objects.length > 0 || allTables === true,
    allTables: allTables ?? false,
    tables: objects.flatMap(({ pubtable }) => (pubtable === undefined ? [] : tableOf(pubtable))),
    schemas: objects.flatMap(({ pubobjtype: type, name }) =>
      type === "PUBLICATIONOBJ_TABLES_IN_SCHEMA" && name !== undefined ? name : [],
    ),
    ...(publish === undefined ? {} : { publish: publish.split(",").map((one) => one.trim()) }),
  };
}

function tableOf({ relation, columns, whereClause }: PublicationTable): Published {
  const filtered = whereClause === undefined ? [] : readExpression(whereClause, "").columns;
  return {
    table: relationName(relation),
    columns: [...new Set([...stringsOf(columns), ...filtered])],
    only: relation?.inh !== true,
  };
}
