import type { Finding } from "./finding.ts";

/**
 * One finding for each rule and table of a migration, at its first place, with the others in its
 * `also`. Only what a reader would call the same is joined: of one file, equally severe, and seen
 * alike by the database. Findings that name no table are joined where they say the same.
 */
export function joinFindings(findings: readonly Finding[]): Finding[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const { rule, path, severity, evidence, table, message } = finding;
    const key = [rule, path, severity, evidence?.verdict, table ?? `\n${message}`].join("\0");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].map(([first, ...also]) =>
    also.length === 0 ? first : { ...first, also },
  );
}

/** A finding, and those that were joined to it. */
export function allPlaces(finding: Finding): readonly Finding[] {
  return [finding, ...(finding.also ?? [])];
}
