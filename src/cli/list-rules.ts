import type { Rule } from "../core/rule.ts";

/** Every rule on a line: severity, id, summary. Opt-in rules are marked. */
export function listRules(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  const lines = rules.map(({ id, severity, summary, optIn }) => {
    const mark = optIn === true ? " (opt-in)" : "";
    return `${severity.padEnd(8)} ${id.padEnd(width)}  ${summary}${mark}`;
  });
  return `${lines.join("\n")}\n\n${rules.length} rules. migrate-verify explain RULE tells more.\n`;
}
