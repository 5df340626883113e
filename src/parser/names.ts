import type { Node, RangeVar, RoleSpec } from "@pgsql/types";
import type { ObjectName } from "../core/name.ts";
import { bodyOf, stringList, stringsOf } from "./node.ts";

/** The name of a table, view, index or sequence where a statement names it as a relation. */
export function relationName(relation: RangeVar | undefined): ObjectName {
  const name = relation?.relname ?? "";
  return relation?.schemaname === undefined ? { name } : { schema: relation.schemaname, name };
}

/** A name from its parts: `[name]`, `[schema, name]` or `[catalog, schema, name]`. */
export function nameFromParts(parts: readonly string[]): ObjectName {
  const name = parts.at(-1) ?? "";
  const schema = parts.at(-2);
  return schema === undefined ? { name } : { schema, name };
}

/** A name written as a list of String nodes. */
export function listedName(nodes: readonly Node[] | undefined): ObjectName {
  return nameFromParts(stringsOf(nodes));
}

/** The name of an object however its statement spells it: a list, a string, a type, a routine with its types. */
export function namedObject(node: Node | undefined): ObjectName {
  const type = bodyOf(node, "TypeName");
  if (type !== undefined) return listedName(type.names);
  const routine = bodyOf(node, "ObjectWithArgs");
  if (routine !== undefined) return listedName(routine.objname);
  const relation = bodyOf(node, "RangeVar");
  if (relation !== undefined) return relationName(relation);
  return nameFromParts(stringList(node));
}

const SPECIAL_ROLES: Readonly<Record<string, string>> = {
  ROLESPEC_CURRENT_ROLE: "current_role",
  ROLESPEC_CURRENT_USER: "current_user",
  ROLESPEC_SESSION_USER: "session_user",
  ROLESPEC_PUBLIC: "public",
};

/** A role, the special ones by their keyword in lower case. */
export function roleName(role: RoleSpec | undefined): string {
  return role?.rolename ?? SPECIAL_ROLES[role?.roletype ?? ""] ?? "";
}

/** A list of roles. */
export function roleNames(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).map((node) => roleName(bodyOf(node, "RoleSpec")));
}
