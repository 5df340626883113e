import type { Node } from "@pgsql/types";
import { bodyOf, constantText, stringsOf } from "./node.ts";

const MADE =
  /\bcreate\s+(?:or\s+replace\s+)?(?:constraint\s+)?(?:trigger|policy)\s+("[^"]*"|[^\s"';(]*)/gi;

/**
 * Names of the triggers and policies that the text of a body says to make, in statements and in
 * literals that it executes: which of them there are on a table, nobody can tell before it runs. `%`
 * stands for a name that is made up then.
 */
export function madeOnTables(body: Node | undefined): readonly string[] {
  const texts = stringsOf(bodyOf(body, "List")?.items);
  const text = texts[0] ?? constantText(body) ?? "";
  return [...text.matchAll(MADE)].map(([, name = ""]) => {
    if (name.startsWith('"')) return name.includes("%") ? "%" : name.slice(1, -1);
    return /^[a-z_][\w$]*$/i.test(name) ? name.toLowerCase() : "%";
  });
}
