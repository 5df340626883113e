import type { ProjectFault } from "./migration.ts";
import type { ReportPlace, RuleContext } from "./rule-context.ts";
import { scriptStart } from "./script-start.ts";

/** Where a fault of a migration's file is shown: where it stands in the file, or at its first statement. */
export function faultPlace({ span }: ProjectFault, context: RuleContext): ReportPlace {
  return span === undefined ? scriptStart(context) : { written: span };
}
