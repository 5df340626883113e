import type { Node, ObjectType, RangeVar } from "@pgsql/types";
import type { ObjectName } from "../core/name.ts";
import type { OtherObjectKind } from "../core/operations/object.ts";
import { nameFromParts, namedObject, relationName } from "./names.ts";
import { bodyOf, stringList } from "./node.ts";

/** Our word for each of PostgreSQL's object types. */
const KINDS: Readonly<Record<ObjectType, OtherObjectKind>> = {
  OBJECT_ACCESS_METHOD: "access-method",
  OBJECT_AGGREGATE: "aggregate",
  OBJECT_AMOP: "operator-family",
  OBJECT_AMPROC: "operator-family",
  OBJECT_ATTRIBUTE: "type",
  OBJECT_CAST: "cast",
  OBJECT_COLUMN: "column",
  OBJECT_COLLATION: "collation",
  OBJECT_CONVERSION: "conversion",
  OBJECT_DATABASE: "database",
  OBJECT_DEFAULT: "column",
  OBJECT_DEFACL: "default-privileges",
  OBJECT_DOMAIN: "domain",
  OBJECT_DOMCONSTRAINT: "constraint",
  OBJECT_EVENT_TRIGGER: "event-trigger",
  OBJECT_EXTENSION: "extension",
  OBJECT_FDW: "foreign-data-wrapper",
  OBJECT_FOREIGN_SERVER: "server",
  OBJECT_FOREIGN_TABLE: "foreign-table",
  OBJECT_FUNCTION: "function",
  OBJECT_INDEX: "index",
  OBJECT_LANGUAGE: "language",
  OBJECT_LARGEOBJECT: "large-object",
  OBJECT_MATVIEW: "materialized-view",
  OBJECT_OPCLASS: "operator-class",
  OBJECT_OPERATOR: "operator",
  OBJECT_OPFAMILY: "operator-family",
  OBJECT_PARAMETER_ACL: "system",
  OBJECT_POLICY: "policy",
  OBJECT_PROCEDURE: "procedure",
  OBJECT_PUBLICATION: "publication",
  OBJECT_PUBLICATION_NAMESPACE: "publication",
  OBJECT_PUBLICATION_REL: "publication",
  OBJECT_ROLE: "role",
  OBJECT_ROUTINE: "function",
  OBJECT_RULE: "rule",
  OBJECT_SCHEMA: "schema",
  OBJECT_SEQUENCE: "sequence",
  OBJECT_SUBSCRIPTION: "subscription",
  OBJECT_STATISTIC_EXT: "statistics",
  OBJECT_TABCONSTRAINT: "constraint",
  OBJECT_TABLE: "table",
  OBJECT_TABLESPACE: "tablespace",
  OBJECT_TRANSFORM: "transform",
  OBJECT_TRIGGER: "trigger",
  OBJECT_TSCONFIGURATION: "text-search-configuration",
  OBJECT_TSDICTIONARY: "text-search-dictionary",
  OBJECT_TSPARSER: "text-search-parser",
  OBJECT_TSTEMPLATE: "text-search-template",
  OBJECT_TYPE: "type",
  OBJECT_USER_MAPPING: "user-mapping",
  OBJECT_VIEW: "view",
};
export const OBJECT_KINDS: Readonly<Record<string, OtherObjectKind>> = KINDS;

/** What a statement names: the kind of object, its name, and the table that it stands on. */
export interface ObjectAddress {
  readonly object: OtherObjectKind;
  readonly name?: ObjectName;
  readonly table?: ObjectName;
}

/** Objects that are named by a list whose last part is their own name and whose others are their table's. */
const ON_TABLE = new Set([
  "OBJECT_COLUMN",
  "OBJECT_TABCONSTRAINT",
  "OBJECT_TRIGGER",
  "OBJECT_RULE",
  "OBJECT_POLICY",
]);

/** These have no name: a pair of types, a type and a language, a number. */
const UNNAMED = new Set(["OBJECT_CAST", "OBJECT_TRANSFORM", "OBJECT_LARGEOBJECT"]);

/** Reads an object however the grammar holds it for its type. */
export function addressOf(
  type: string | undefined,
  object: Node | undefined,
  relation?: RangeVar,
): ObjectAddress {
  const kind = OBJECT_KINDS[type ?? ""] ?? "type";
  if (type === undefined || UNNAMED.has(type)) return { object: kind };
  if (ON_TABLE.has(type)) {
    const { name, table } = tableObject(object);
    const owner = relation === undefined ? table : relationName(relation);
    return { object: kind, name: { name }, table: owner };
  }
  if (relation !== undefined) return { object: kind, name: relationName(relation) };
  // COMMENT ON CONSTRAINT … ON DOMAIN: the domain's type, then the name.
  const named = type === "OBJECT_DOMCONSTRAINT" ? bodyOf(object, "List")?.items?.[1] : object;
  return { object: kind, name: pathName(type, named) };
}

/** A trigger, rule, policy, column or constraint with its table. */
export function tableObject(node: Node | undefined): { name: string; table: ObjectName } {
  const parts = stringList(node);
  return { name: parts.at(-1) ?? "", table: nameFromParts(parts.slice(0, -1)) };
}

/** Operator classes and families have their access method before their name. */
function pathName(type: string, node: Node | undefined): ObjectName {
  if (type !== "OBJECT_OPCLASS" && type !== "OBJECT_OPFAMILY") return namedObject(node);
  return nameFromParts(stringList(node).slice(1));
}
