import type { Operation } from "./operation.ts";
import { predicted } from "./prediction.ts";
import type { Rule } from "./rule.ts";
import type { ReportOptions, ReportPlace } from "./rule-context.ts";
import type { Schema } from "./schema.ts";
import type { RawFinding } from "./settlement.ts";
import { statementAround, type Script } from "./statement.ts";

/** Where in its script a rule says something, with the schema before the operation that it looks at. */
export interface ReportScene {
  readonly script: Script;
  readonly schema: Schema;
  readonly operation: Operation | undefined;
  /** Somebody offers fixes: what would mend it is asked for. */
  readonly offersFixes: boolean;
}

/** What a rule reports, at its place in the file, with what the lock table says of it. */
export function rawFinding(
  rule: Rule,
  { at, message, options }: { at: ReportPlace; message: string; options: ReportOptions },
  { script, schema, operation, offersFixes }: ReportScene,
): RawFinding {
  const proposal = offersFixes ? options.fix?.() : undefined;
  return {
    rule,
    ...written(script, at),
    message,
    options,
    ...predicted(rule, options, operation, schema),
    ...(proposal === undefined ? {} : { proposal }),
  };
}

/** A place as its author knows it: in the file that was compiled, with the SQL that it is about. */
function written(script: Script, at: ReportPlace): Pick<RawFinding, "span" | "sql"> {
  if ("written" in at) return { span: at.written };
  const span = "span" in at ? at.span : at;
  if (script.written === undefined) return { span };
  const sql = statementAround(script, span);
  return { span: script.written.originOf(span), ...(sql === undefined ? {} : { sql }) };
}
