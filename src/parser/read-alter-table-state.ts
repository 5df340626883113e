import type { AlterTableType } from "@pgsql/types";
import type { AlterRowSecurity, AlterTriggerState } from "../core/operations/table.ts";
import type { Operation } from "../core/operation.ts";
import { relationName } from "./names.ts";
import { bodyOf } from "./node.ts";
import type { AlterClause, AlterReader } from "./alter-clause.ts";
import { readOptions } from "./read-table.ts";

/** The subcommands of ALTER TABLE that are about the table as a whole. */
export const ALTER_TABLE_READERS: { readonly [Type in AlterTableType]?: AlterReader } = {
  AT_AttachPartition: (clause) => {
    const partition = bodyOf(clause.command.def, "PartitionCmd");
    return {
      kind: "attach-partition",
      partition: relationName(partition?.name),
      isDefault: partition?.bound?.is_default ?? false,
      ...tableOf(clause),
    };
  },
  AT_DetachPartition: (clause) => detachPartition(clause, false),
  AT_DetachPartitionFinalize: (clause) => detachPartition(clause, true),
  AT_AddInherit: (clause) => inheritance(clause, true),
  AT_DropInherit: (clause) => inheritance(clause, false),
  AT_EnableTrig: triggerState("one", "enable"),
  AT_EnableAlwaysTrig: triggerState("one", "enable-always"),
  AT_EnableReplicaTrig: triggerState("one", "enable-replica"),
  AT_DisableTrig: triggerState("one", "disable"),
  AT_EnableTrigAll: triggerState("all", "enable"),
  AT_DisableTrigAll: triggerState("all", "disable"),
  AT_EnableTrigUser: triggerState("user", "enable"),
  AT_DisableTrigUser: triggerState("user", "disable"),
  AT_EnableRowSecurity: rowSecurity("enable"),
  AT_DisableRowSecurity: rowSecurity("disable"),
  AT_ForceRowSecurity: rowSecurity("force"),
  AT_NoForceRowSecurity: rowSecurity("no-force"),
  AT_ReplicaIdentity: readReplicaIdentity,
  AT_SetLogged: (clause) => ({ kind: "set-persistence", logged: true, ...tableOf(clause) }),
  AT_SetUnLogged: (clause) => ({ kind: "set-persistence", logged: false, ...tableOf(clause) }),
  AT_SetTableSpace: (clause) => ({
    kind: "set-tablespace",
    tablespace: clause.command.name ?? "",
    ...tableOf(clause),
  }),
  AT_SetAccessMethod: (clause) => ({
    kind: "set-access-method",
    method: clause.command.name ?? "default",
    ...tableOf(clause),
  }),
  AT_SetRelOptions: tableOptions,
  AT_ResetRelOptions: tableOptions,
};

function tableOf({ table, span }: AlterClause) {
  return { span, table };
}

function detachPartition(clause: AlterClause, finalize: boolean): Operation {
  const partition = bodyOf(clause.command.def, "PartitionCmd");
  return {
    kind: "detach-partition",
    partition: relationName(partition?.name),
    concurrently: partition?.concurrent ?? false,
    finalize,
    ...tableOf(clause),
  };
}

function inheritance(clause: AlterClause, inherit: boolean): Operation {
  const parent = relationName(bodyOf(clause.command.def, "RangeVar"));
  return { kind: "alter-inheritance", parent, inherit, ...tableOf(clause) };
}

function triggerState(
  scope: AlterTriggerState["scope"],
  state: AlterTriggerState["state"],
): AlterReader {
  return (clause) => ({
    kind: "alter-trigger-state",
    ...(scope === "one" ? { trigger: clause.command.name ?? "" } : {}),
    scope,
    state,
    ...tableOf(clause),
  });
}

function rowSecurity(action: AlterRowSecurity["action"]): AlterReader {
  return (clause) => ({ kind: "alter-row-security", action, ...tableOf(clause) });
}

const IDENTITIES = { d: "default", f: "full", n: "nothing", i: "index" } as const;

function readReplicaIdentity(clause: AlterClause): Operation {
  const body = bodyOf(clause.command.def, "ReplicaIdentityStmt");
  return {
    kind: "set-replica-identity",
    identity: IDENTITIES[body?.identity_type as keyof typeof IDENTITIES] ?? "default",
    ...(body?.name === undefined ? {} : { index: body.name }),
    ...tableOf(clause),
  };
}

function tableOptions(clause: AlterClause): Operation {
  const options = readOptions(bodyOf(clause.command.def, "List")?.items);
  return { kind: "set-table-options", options, ...tableOf(clause) };
}
