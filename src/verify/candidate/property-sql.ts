import type { CatalogObject } from "../catalog.ts";
import { quoteIdentifier, quoteLiteral } from "../rows/sql-text.ts";

/** Properties that a statement of their own sets, whatever kind of object they are of. */
export const OWN_STATEMENT: ReadonlySet<string> = new Set([
  "comment",
  "options",
  "privileges",
  "row security",
]);

/** The statements that give an object those properties that it had; `target` is what SQL calls it, with its kind. */
export function propertyStatements(
  now: Readonly<Record<string, string>>,
  { properties }: CatalogObject,
  target: string,
): readonly string[] {
  const changed = (name: string): boolean => now[name] !== properties[name];
  return [
    ...(changed("row security") ? rowSecurity(properties["row security"], target) : []),
    ...(changed("options") ? optionStatements(now["options"], properties["options"], target) : []),
    ...(changed("privileges") ? grants(now["privileges"], properties["privileges"], target) : []),
    ...(changed("comment") ? [commentStatement(properties["comment"], target)] : []),
  ];
}

export function commentStatement(comment: string | undefined, target: string): string {
  return `COMMENT ON ${target} IS ${comment === undefined ? "NULL" : quoteLiteral(comment)}`;
}

function rowSecurity(before: string | undefined, target: string): string[] {
  const has = (word: string): boolean => before?.includes(word) === true;
  return [
    `ALTER ${target} ${has("enabled") ? "ENABLE" : "DISABLE"} ROW LEVEL SECURITY`,
    `ALTER ${target} ${has("forced") ? "" : "NO "}FORCE ROW LEVEL SECURITY`,
  ];
}

function optionStatements(
  now: string | undefined,
  before: string | undefined,
  target: string,
): string[] {
  const names = (now ?? "").split(", ").flatMap((option) => option.split("=", 1));
  return [
    ...(now === undefined ? [] : [`ALTER ${target} RESET (${names.join(", ")})`]),
    ...(before === undefined ? [] : [`ALTER ${target} SET (${before})`]),
  ];
}

/** As the catalog query writes them: `reader: SELECT, UPDATE*; PUBLIC: SELECT`. */
function grants(now: string | undefined, before: string | undefined, target: string): string[] {
  return [
    ...entries(now).map(([role]) => `REVOKE ALL ON ${target} FROM ${role}`),
    ...entries(before).flatMap(([role, list]) => {
      const all = list.split(", ");
      const plain = all.filter((one) => !one.endsWith("*"));
      const passed = all.filter((one) => one.endsWith("*")).map((one) => one.slice(0, -1));
      return [
        ...(plain.length === 0 ? [] : [`GRANT ${plain.join(", ")} ON ${target} TO ${role}`]),
        ...(passed.length === 0
          ? []
          : [`GRANT ${passed.join(", ")} ON ${target} TO ${role} WITH GRANT OPTION`]),
      ];
    }),
  ];
}

/** Roles with what they are granted. */
function entries(text: string | undefined): (readonly [string, string])[] {
  return (text ?? "").split("; ").flatMap((entry) => {
    const [, role, list] = /^(.+?): (.+)$/.exec(entry) ?? [];
    return role === undefined || list === undefined || role.startsWith("without ")
      ? []
      : [[role === "PUBLIC" ? role : quoteIdentifier(role), list] as const];
  });
}
