import type { SessionOperations, SetSetting } from "../operations/session.ts";
import type { Schema } from "../schema.ts";
import { rememberUnseen } from "./functions.ts";
import { unchanged, type Steps } from "./step.ts";

export const SESSION_STEPS: Steps<SessionOperations["kind"]> = {
  "set-setting": setSetting,
  begin: (schema) => schema.begin(),
  commit: (schema) => schema.commit(),
  rollback: (schema) => schema.rollback(),
  savepoint: (schema, { savepoint = "" }) => schema.savepoint(savepoint),
  "release-savepoint": unchanged,
  "rollback-to-savepoint": (schema, { savepoint = "" }) => schema.rollbackTo(savepoint),
  "prepare-transaction": (schema) => schema.commit(),
  "commit-prepared": unchanged,
  "rollback-prepared": unchanged,
  "lock-table": unchanged,
  vacuum: unchanged,
  analyze: unchanged,
  "cluster-table": unchanged,
  "do-block": (schema, { makes }) => rememberUnseen(schema, makes),
  "session-statement": unchanged,
  unclassified: unchanged,
};

function setSetting(schema: Schema, { setting, value, values, local }: SetSetting): void {
  if (setting === "timezone" || setting === "all") schema.inUtc = /^utc$/i.test(value ?? "");
  if (setting !== "search_path" && setting !== "all") return;
  schema.setSearchPath(value === undefined ? undefined : values, local);
}
