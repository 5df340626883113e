import type {
  AccessPriv,
  AlterDefaultPrivilegesStmt,
  GrantRoleStmt,
  GrantStmt,
  Node,
} from "@pgsql/types";
import type { ObjectName } from "../core/name.ts";
import type { Operation } from "../core/operation.ts";
import type { ChangePrivileges, OtherObjectKind } from "../core/operations/object.ts";
import { namedObject, roleNames } from "./names.ts";
import { bodiesOf, constantText } from "./node.ts";
import { OBJECT_KINDS } from "./object-address.ts";
import { hasOption } from "./options.ts";
import type { StatementPlace } from "./statement-place.ts";

/** GRANT and REVOKE on objects. ON ALL … IN SCHEMA names the schemas. */
export function readGrant(statement: GrantStmt, place: StatementPlace): Operation[] {
  const object = OBJECT_KINDS[statement.objtype ?? ""] ?? "table";
  return statement.targtype === "ACL_TARGET_ALL_IN_SCHEMA"
    ? [{ ...changePrivileges(statement, "schema", place), allOf: object }]
    : [changePrivileges(statement, object, place)];
}

/** ALTER DEFAULT PRIVILEGES: what it grants is granted on objects that do not exist yet. */
export function readDefaultPrivileges(
  statement: AlterDefaultPrivilegesStmt,
  place: StatementPlace,
): Operation[] {
  return [changePrivileges(statement.action ?? {}, "default-privileges", place)];
}

function changePrivileges(
  statement: GrantStmt,
  object: OtherObjectKind,
  { span }: StatementPlace,
): ChangePrivileges {
  return {
    kind: statement.is_grant === true ? "grant" : "revoke",
    span,
    object,
    names: (statement.objects ?? []).map(grantedName),
    privileges: privilegesOf(statement.privileges),
    roles: roleNames(statement.grantees),
    withGrantOption: statement.grant_option ?? false,
  };
}

/** A large object is named by its number. */
function grantedName(node: Node): ObjectName {
  const number = constantText(node);
  return number === undefined ? namedObject(node) : { name: number };
}

/** No list of privileges is ALL. */
function privilegesOf(nodes: readonly Node[] | undefined): string[] {
  if (nodes === undefined) return ["all"];
  return bodiesOf(nodes, "AccessPriv").map((privilege: AccessPriv) => privilege.priv_name ?? "all");
}

export function readGrantRole(statement: GrantRoleStmt, { span }: StatementPlace): Operation[] {
  const granted = privilegesOf(statement.granted_roles);
  return [
    {
      kind: statement.is_grant === true ? "grant" : "revoke",
      span,
      object: "role",
      names: granted.map((name) => ({ name })),
      privileges: [],
      roles: roleNames(statement.grantee_roles),
      withGrantOption: hasOption(statement.opt, "admin"),
    },
  ];
}
