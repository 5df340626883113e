import { listedName, relationName, roleName } from "./names.ts";
import { dropNamed, readDropOwned, readDropRole, readDropUserMapping } from "./read-drop.ts";
import {
  otherObject,
  readDefine,
  readExtensionContents,
  readObjectDepends,
  readSecurityLabel,
} from "./read-object.ts";
import { readDefaultPrivileges, readGrant, readGrantRole } from "./read-privileges.ts";
import { bodiesOf, bodyOf } from "./node.ts";
import { readAlterPublication, readCreatePublication } from "./read-publication.ts";
import { OBJECT_KINDS } from "./object-address.ts";
import { statedOptions, statedSetting } from "./options.ts";
import type { StatementReaders } from "./statement-readers.ts";

/** Statements about objects that the replay knows by name only, and about privileges. */
export const OTHER_READERS: StatementReaders = {
  AlterCollationStmt: otherObject("alter-object", "collation", (s) => listedName(s.collname)),
  AlterDatabaseRefreshCollStmt: otherObject("alter-object", "database", (s) => s.dbname),
  AlterDatabaseSetStmt: otherObject(
    "alter-object",
    "database",
    (s) => s.dbname,
    (s) => statedSetting(s.setstmt),
  ),
  AlterDatabaseStmt: otherObject("alter-object", "database", (s) => s.dbname),
  AlterDefaultPrivilegesStmt: readDefaultPrivileges,
  AlterEventTrigStmt: otherObject("alter-object", "event-trigger", (s) => s.trigname),
  AlterExtensionContentsStmt: readExtensionContents,
  AlterExtensionStmt: otherObject("alter-object", "extension", (s) => s.extname),
  AlterFdwStmt: otherObject("alter-object", "foreign-data-wrapper", (s) => s.fdwname),
  AlterForeignServerStmt: otherObject("alter-object", "server", (s) => s.servername),
  AlterFunctionStmt: (s, { span }) => [
    {
      kind: "alter-object",
      span,
      object: OBJECT_KINDS[s.objtype ?? ""] ?? "function",
      name: listedName(s.func?.objname),
      states: bodiesOf(s.actions, "DefElem").flatMap((action) =>
        action.defname === "set"
          ? statedSetting(bodyOf(action.arg, "VariableSetStmt"))
          : statedOptions([{ DefElem: action }]),
      ),
    },
  ],
  AlterObjectDependsStmt: readObjectDepends,
  AlterOpFamilyStmt: otherObject("alter-object", "operator-family", (s) =>
    listedName(s.opfamilyname),
  ),
  AlterOperatorStmt: otherObject("alter-object", "operator", (s) =>
    listedName(s.opername?.objname),
  ),
  AlterPublicationStmt: readAlterPublication,
  AlterRoleSetStmt: otherObject(
    "alter-object",
    "role",
    (s) => roleName(s.role),
    (s) => statedSetting(s.setstmt),
  ),
  AlterRoleStmt: otherObject(
    "alter-object",
    "role",
    (s) => roleName(s.role),
    (s) => statedOptions(s.options),
  ),
  AlterStatsStmt: otherObject("alter-object", "statistics", (s) => listedName(s.defnames)),
  AlterSubscriptionStmt: otherObject("alter-object", "subscription", (s) => s.subname),
  AlterSystemStmt: otherObject("alter-object", "system", undefined, (s) =>
    statedSetting(s.setstmt),
  ),
  AlterTSConfigurationStmt: otherObject("alter-object", "text-search-configuration", (s) =>
    listedName(s.cfgname),
  ),
  AlterTSDictionaryStmt: otherObject("alter-object", "text-search-dictionary", (s) =>
    listedName(s.dictname),
  ),
  AlterTableMoveAllStmt: otherObject("alter-object", "tablespace", (s) => s.orig_tablespacename),
  AlterTableSpaceOptionsStmt: otherObject("alter-object", "tablespace", (s) => s.tablespacename),
  AlterUserMappingStmt: otherObject(
    "alter-object",
    "user-mapping",
    (s) => roleName(s.user),
    (s) => statedOptions(s.options),
  ),
  CreateAmStmt: otherObject("create-object", "access-method", (s) => s.amname),
  CreateCastStmt: otherObject("create-object", "cast"),
  CreateConversionStmt: otherObject("create-object", "conversion", (s) =>
    listedName(s.conversion_name),
  ),
  CreateEventTrigStmt: otherObject("create-object", "event-trigger", (s) => s.trigname),
  CreateFdwStmt: otherObject("create-object", "foreign-data-wrapper", (s) => s.fdwname),
  CreateForeignServerStmt: otherObject("create-object", "server", (s) => s.servername),
  CreateOpClassStmt: otherObject("create-object", "operator-class", (s) =>
    listedName(s.opclassname),
  ),
  CreateOpFamilyStmt: otherObject("create-object", "operator-family", (s) =>
    listedName(s.opfamilyname),
  ),
  CreatePLangStmt: otherObject("create-object", "language", (s) => s.plname),
  CreatePublicationStmt: readCreatePublication,
  CreateRoleStmt: otherObject(
    "create-object",
    "role",
    (s) => s.role,
    (s) => statedOptions(s.options),
  ),
  CreateStatsStmt: (s, { span }) => {
    const [table] = bodiesOf(s.relations, "RangeVar").map(relationName);
    return [
      {
        kind: "create-object",
        span,
        object: "statistics",
        name: listedName(s.defnames),
        ...(table === undefined ? {} : { table }),
      },
    ];
  },
  CreateSubscriptionStmt: otherObject("create-object", "subscription", (s) => s.subname),
  CreateTableSpaceStmt: otherObject("create-object", "tablespace", (s) => s.tablespacename),
  CreateTransformStmt: otherObject("create-object", "transform"),
  CreateUserMappingStmt: otherObject(
    "create-object",
    "user-mapping",
    (s) => roleName(s.user),
    (s) => statedOptions(s.options),
  ),
  CreatedbStmt: otherObject("create-object", "database", (s) => s.dbname),
  DefineStmt: readDefine,
  DropOwnedStmt: readDropOwned,
  DropRoleStmt: readDropRole,
  DropSubscriptionStmt: dropNamed("subscription", (s) => s.subname),
  DropTableSpaceStmt: dropNamed("tablespace", (s) => s.tablespacename),
  DropUserMappingStmt: readDropUserMapping,
  DropdbStmt: dropNamed("database", (s) => s.dbname),
  GrantRoleStmt: readGrantRole,
  GrantStmt: readGrant,
  ImportForeignSchemaStmt: otherObject("create-object", "foreign-table", (s) => s.server_name),
  ReassignOwnedStmt: (s, { span }) => [
    { kind: "change-owner", span, object: "owned-objects", to: roleName(s.newrole) },
  ],
  SecLabelStmt: readSecurityLabel,
};
