import type {
  ClusterStmt,
  ExplainStmt,
  LockStmt,
  Node,
  SelectStmt,
  TransactionStmt,
  VacuumStmt,
  VariableSetStmt,
} from "@pgsql/types";
import { LOCK_MODES } from "../core/lock.ts";
import type { ObjectName } from "../core/name.ts";
import type { Operation } from "../core/operation.ts";
import type { TransactionControl } from "../core/operations/session.ts";
import { listedName, relationName } from "./names.ts";
import { bodiesOf, bodyOf, constantText } from "./node.ts";
import { hasOption } from "./options.ts";
import type { NodeKind } from "./node.ts";
import type { StatementPlace } from "./statement-place.ts";

/** SET and RESET. SET TRANSACTION and SET SESSION CHARACTERISTICS set no parameter. */
export function readSet(statement: VariableSetStmt, { span }: StatementPlace): Operation[] {
  if (statement.kind === "VAR_SET_MULTI") {
    return [{ kind: "session-statement", span, statement: "VariableSetStmt" }];
  }
  const all = statement.kind === "VAR_RESET_ALL";
  const values = (statement.args ?? []).map(settingValue);
  return [
    {
      kind: "set-setting",
      span,
      setting: all ? "all" : (statement.name ?? "").toLowerCase(),
      ...(values.length === 0 ? {} : { value: values.join(", ") }),
      values,
      local: statement.is_local ?? false,
    },
  ];
}

function settingValue(node: Node): string {
  return constantText(bodyOf(node, "TypeCast")?.arg ?? node) ?? "";
}

/** SELECT set_config(name, value, is_local) is a SET. */
export function readSetConfig(statement: SelectStmt, { span }: StatementPlace): Operation[] {
  return bodiesOf(statement.targetList, "ResTarget").flatMap((target): Operation[] => {
    const call = bodyOf(target.val, "FuncCall");
    if (call === undefined || listedName(call.funcname).name !== "set_config") return [];
    const [setting, value, local] = (call.args ?? []).map(constantText);
    if (setting === undefined || value === undefined) return [];
    return [
      {
        kind: "set-setting",
        span,
        setting: setting.toLowerCase(),
        value,
        values: [value],
        local: local === "true",
      },
    ];
  });
}

const CONTROLS: Readonly<Record<string, TransactionControl["kind"]>> = {
  TRANS_STMT_BEGIN: "begin",
  TRANS_STMT_START: "begin",
  TRANS_STMT_COMMIT: "commit",
  TRANS_STMT_ROLLBACK: "rollback",
  TRANS_STMT_SAVEPOINT: "savepoint",
  TRANS_STMT_RELEASE: "release-savepoint",
  TRANS_STMT_ROLLBACK_TO: "rollback-to-savepoint",
  TRANS_STMT_PREPARE: "prepare-transaction",
  TRANS_STMT_COMMIT_PREPARED: "commit-prepared",
  TRANS_STMT_ROLLBACK_PREPARED: "rollback-prepared",
};

export function readTransaction(statement: TransactionStmt, { span }: StatementPlace): Operation[] {
  const kind = CONTROLS[statement.kind ?? ""];
  if (kind === undefined) return [];
  const { savepoint_name: savepoint } = statement;
  return [{ kind, span, ...(savepoint === undefined ? {} : { savepoint }) }];
}

/** LockStmt numbers the modes from 1, weakest first. */
export function readLock(statement: LockStmt, { span }: StatementPlace): Operation[] {
  const mode = LOCK_MODES[(statement.mode ?? LOCK_MODES.length) - 1] ?? "ACCESS EXCLUSIVE";
  return bodiesOf(statement.relations, "RangeVar").map((relation) => ({
    kind: "lock-table",
    span,
    table: relationName(relation),
    mode,
  }));
}

/** VACUUM and ANALYZE share a node. */
export function readVacuum(statement: VacuumStmt, { span }: StatementPlace): Operation[] {
  const tables = bodiesOf(statement.rels, "VacuumRelation").map(({ relation }) =>
    relationName(relation),
  );
  if (statement.is_vacuumcmd !== true) return [{ kind: "analyze", span, tables }];
  return [{ kind: "vacuum", span, full: hasOption(statement.options, "full"), tables }];
}

export function readCluster(statement: ClusterStmt, { span }: StatementPlace): Operation[] {
  const table: ObjectName | undefined =
    statement.relation === undefined ? undefined : relationName(statement.relation);
  return [{ kind: "cluster-table", span, ...(table === undefined ? {} : { table }) }];
}

/** EXPLAIN ANALYZE runs its statement: what that does follows. */
export function readExplain(statement: ExplainStmt, place: StatementPlace): Operation[] {
  const { query, options } = statement;
  const runs = query !== undefined && hasOption(options, "analyze");
  return [
    { kind: "session-statement", span: place.span, statement: "ExplainStmt" },
    ...(runs ? place.read(query, place) : []),
  ];
}

/** A statement that changes nothing but the session. */
export function sessionStatement(statement: NodeKind) {
  return (_: object, { span }: StatementPlace): Operation[] => [
    { kind: "session-statement", span, statement },
  ];
}
