import { readDo } from "./read-body.ts";
import {
  readCall,
  readCopy,
  readDelete,
  readInsert,
  readMerge,
  readSelect,
  readUpdate,
} from "./read-rows.ts";
import {
  readCluster,
  readExplain,
  readLock,
  readSet,
  readTransaction,
  readVacuum,
  sessionStatement,
} from "./read-session.ts";
import type { StatementReaders } from "./statement-readers.ts";

/** Statements about rows, transactions and the session. */
export const SESSION_READERS: StatementReaders = {
  CallStmt: readCall,
  CheckPointStmt: sessionStatement("CheckPointStmt"),
  ClosePortalStmt: sessionStatement("ClosePortalStmt"),
  ClusterStmt: readCluster,
  ConstraintsSetStmt: sessionStatement("ConstraintsSetStmt"),
  CopyStmt: readCopy,
  DeallocateStmt: sessionStatement("DeallocateStmt"),
  DeclareCursorStmt: sessionStatement("DeclareCursorStmt"),
  DeleteStmt: readDelete,
  DiscardStmt: sessionStatement("DiscardStmt"),
  DoStmt: readDo,
  ExecuteStmt: sessionStatement("ExecuteStmt"),
  ExplainStmt: readExplain,
  FetchStmt: sessionStatement("FetchStmt"),
  InsertStmt: readInsert,
  ListenStmt: sessionStatement("ListenStmt"),
  LoadStmt: sessionStatement("LoadStmt"),
  LockStmt: readLock,
  MergeStmt: readMerge,
  NotifyStmt: sessionStatement("NotifyStmt"),
  PrepareStmt: sessionStatement("PrepareStmt"),
  SelectStmt: readSelect,
  TransactionStmt: readTransaction,
  UnlistenStmt: sessionStatement("UnlistenStmt"),
  UpdateStmt: readUpdate,
  VacuumStmt: readVacuum,
  VariableSetStmt: readSet,
  VariableShowStmt: sessionStatement("VariableShowStmt"),
};
